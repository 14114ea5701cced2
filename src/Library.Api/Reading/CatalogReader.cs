using Npgsql;

namespace Library.Api.Reading;

/// <summary>Reads the catalog from Postgres.</summary>
internal sealed class CatalogReader(Database database)
{
    private const string LastPositionSql = "select seq_id from mt_events order by seq_id desc limit 1";

    /// <summary>Null: not in the catalog.</summary>
    public Task<Representation?> FindAsync(ResourceName resource, CancellationToken cancellation) => database.ReadAsync(
        resource.Type.OneSql,
        [new NpgsqlParameter<Guid> { TypedValue = resource.Id }],
        async (row, limit) => await row.ReadAsync(limit) ? resource.Type.Read(row) : null,
        cancellation);

    public Task<List<Representation>> PageAsync(ResourceType type, Guid after, int count, CancellationToken cancellation) => database.ReadAsync(
        type.PageSql,
        [new NpgsqlParameter<Guid> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = count }],
        async (row, limit) =>
        {
            var page = new List<Representation>(count);
            while (await row.ReadAsync(limit)) page.Add(type.Read(row));
            return page;
        },
        cancellation);

    /// <summary>Position of the last event that this database has; 0 before the first.</summary>
    public Task<long> LastPositionAsync(CancellationToken cancellation) => database.ReadAsync(
        LastPositionSql, [], async (row, limit) => await row.ReadAsync(limit) ? row.GetInt64(0) : 0, cancellation);
}
