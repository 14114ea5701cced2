using Npgsql;

namespace Library.Api.Infrastructure.Reading;

/// <summary>Reads single resources from Postgres.</summary>
internal sealed class CatalogReader(Database database)
{
    public Task<ReadResult<Representation>> FindAsync(ResourceName resource, CancellationToken cancellation) => database.ReadAsync(
        resource.Type.OneSql,
        [new NpgsqlParameter<Guid> { TypedValue = resource.Id }],
        async (row, limit) =>
        {
            await row.ReadAsync(limit);
            return new ReadResult<Representation>(row.IsDBNull(1) ? null : Read(resource, row), row.IsDBNull(0) ? 0 : row.GetInt64(0));
        },
        cancellation);

    /// <summary>Position of the last event that this database has; 0 before the first.</summary>
    public Task<long> LastPositionAsync(CancellationToken cancellation) => database.ReadAsync(
        $"select {ResourceType.LastPosition}", [], async (row, limit) => await row.ReadAsync(limit) && !row.IsDBNull(0) ? row.GetInt64(0) : 0, cancellation);

    private static Representation Read(ResourceName resource, NpgsqlDataReader row)
    {
        var (buffer, json) = JsonBuffer.OfThread();
        json.WriteStartObject();
        for (var i = 0; i < resource.Type.Fields.Count; i++) resource.Type.Fields[i].Write(json, row, i + 2);
        json.WriteEndObject();
        json.Flush();
        return new Representation(resource.Id, buffer.WrittenSpan.ToArray(), row.GetInt32(1));
    }
}
