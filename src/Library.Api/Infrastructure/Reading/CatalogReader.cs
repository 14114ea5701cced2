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
        var version = row.GetInt32(1);
        return new Representation(resource.Id, ResourceJson.Of(row.GetFieldValue<byte[]>(2), version), version);
    }
}
