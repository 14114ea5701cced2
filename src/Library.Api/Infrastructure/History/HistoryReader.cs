using Library.Api.Infrastructure.Reading;
using Npgsql;
using NpgsqlTypes;

namespace Library.Api.Infrastructure.History;

/// <summary>Reads the events of one resource, by index.</summary>
internal sealed class HistoryReader(Database database)
{
    // An id belongs to one type for good, so any row of the stream shows its type.
    private const string PageSql = """
        select seq_id, version::integer, type, timestamp, data, headers from mt_events
        where stream_id = $1 and version > $2 and starts_with(type, $3) order by version limit $4
        """;

    // From the newest backwards: times never fall from one version to the next.
    private const string AsOfSql = """
        select seq_id, version::integer, type, data from mt_events
        where stream_id = $1 and timestamp <= $2 and starts_with(type, $3) order by version desc limit 1
        """;

    /// <summary>In order of version. Empty: the id was never used for this type, or that was all.</summary>
    public Task<List<HistoryEvent>> PageAsync(ResourceName resource, int afterVersion, int count, CancellationToken cancellation) => database.ReadAsync(
        PageSql,
        [
            new NpgsqlParameter<Guid> { TypedValue = resource.Id },
            new NpgsqlParameter<long> { TypedValue = afterVersion },
            new NpgsqlParameter<string> { TypedValue = PrefixOf(resource) },
            new NpgsqlParameter<int> { TypedValue = count },
        ],
        async (row, limit) =>
        {
            var events = new List<HistoryEvent>();
            while (await row.ReadAsync(limit))
            {
                events.Add(new(
                    row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.GetDateTime(3), row.GetFieldValue<byte[]>(4), row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5)));
            }

            return events;
        },
        cancellation);

    /// <summary>Null: not in the catalog at that time.</summary>
    public Task<Representation?> FindAsOfAsync(ResourceName resource, DateTimeOffset time, CancellationToken cancellation) => database.ReadAsync(
        AsOfSql,
        [
            new NpgsqlParameter<Guid> { TypedValue = resource.Id },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = time, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            new NpgsqlParameter<string> { TypedValue = PrefixOf(resource) },
        ],
        async (row, limit) =>
        {
            if (!await row.ReadAsync(limit) || row.GetString(2) == PrefixOf(resource) + "deleted") return null;
            var version = row.GetInt32(1);
            return new Representation(resource.Id, ResourceJson.OfEvent(row.GetFieldValue<byte[]>(3), resource.Type, version), version);
        },
        cancellation);

    /// <summary>What the stored names of the type's events begin with.</summary>
    private static string PrefixOf(ResourceName resource) => resource.Type.Name + "_";
}

/// <summary>An event as it is stored.</summary>
/// <param name="StoredType">E.g. <c>author_created</c>.</param>
/// <param name="Data">State and changed fields, JSON in UTF-8.</param>
/// <param name="Headers">Provenance, JSON in UTF-8.</param>
internal sealed record HistoryEvent(long Position, int Version, string StoredType, DateTime At, byte[] Data, byte[]? Headers);
