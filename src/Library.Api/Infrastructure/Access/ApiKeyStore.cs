using Library.Api.Infrastructure.Reading;
using Npgsql;
using NpgsqlTypes;

namespace Library.Api.Infrastructure.Access;

/// <summary>A row of <c>api_keys</c>.</summary>
internal sealed record ApiKeyRow
{
    public required Guid Id { get; init; }

    /// <summary>Whose it is: keys of one name are one caller, so that a key can be renewed.</summary>
    public required string Name { get; init; }

    public required string Prefix { get; init; }

    public required byte[] Hash { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Null: it does not end by itself.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>To the minute; null: never.</summary>
    public DateTime? LastUsedAt { get; init; }

    public DateTime? RevokedAt { get; init; }
}

/// <summary>The table of keys, on the primary: a revocation may not have reached a standby yet.</summary>
internal sealed class ApiKeyStore(Database database) : IApiKeys
{
    private const string Columns = "id, name, prefix, hash, scopes, created_at, expires_at, last_used_at, revoked_at";

    /// <summary>Keys of that prefix that are not revoked: one, but for a chance of one in 2^48.</summary>
    public Task<List<ApiKeyRow>> FindAsync(string prefix, CancellationToken cancellation) => ReadAsync(
        $"select {Columns} from api_keys where prefix = $1 and revoked_at is null", cancellation, Text(prefix));

    /// <summary>All, revoked ones included, newest first.</summary>
    /// <param name="before">Id of the last one of the page before; null: from the newest.</param>
    public Task<List<ApiKeyRow>> PageAsync(Guid? before, int count, CancellationToken cancellation) => ReadAsync(
        $"select {Columns} from api_keys where id < $1 order by id desc limit $2",
        cancellation, Uuid(before ?? Guid.AllBitsSet), new NpgsqlParameter<int> { TypedValue = count });

    public async Task<ApiKeyRow> AddAsync(ApiKeyRow key, CancellationToken cancellation) => (await ReadAsync(
        $"""
        insert into api_keys (id, name, prefix, hash, scopes, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (id) do update set id = excluded.id returning {Columns}
        """,
        cancellation, Uuid(key.Id), Text(key.Name), Text(key.Prefix), new NpgsqlParameter<byte[]> { TypedValue = key.Hash },
        new NpgsqlParameter<string[]> { TypedValue = [.. key.Scopes] }, Time(key.CreatedAt), Time(key.ExpiresAt)))[0];

    /// <returns>Whether there is such a key; one that was revoked before is as well.</returns>
    public async Task<bool> RevokeAsync(Guid id, CancellationToken cancellation) => (await ReadAsync(
        $"update api_keys set revoked_at = coalesce(revoked_at, clock_timestamp()) where id = $1 returning {Columns}", cancellation, Uuid(id))).Count > 0;

    /// <summary>Updated once a minute at most, however many instances ask for it.</summary>
    public Task MarkUsedAsync(Guid id, CancellationToken cancellation) => ReadAsync(
        $"""
        update api_keys set last_used_at = clock_timestamp()
        where id = $1 and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute') returning {Columns}
        """,
        cancellation, Uuid(id));

    private Task<List<ApiKeyRow>> ReadAsync(string sql, CancellationToken cancellation, params NpgsqlParameter[] parameters) => database.ReadAsync(
        sql, parameters,
        async (row, limit) =>
        {
            var keys = new List<ApiKeyRow>();
            while (await row.ReadAsync(limit)) keys.Add(Read(row));
            return keys;
        },
        cancellation);

    private static ApiKeyRow Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        Name = row.GetString(1),
        Prefix = row.GetString(2),
        Hash = row.GetFieldValue<byte[]>(3),
        Scopes = row.GetFieldValue<string[]>(4),
        CreatedAt = row.GetDateTime(5),
        ExpiresAt = row.IsDBNull(6) ? null : row.GetDateTime(6),
        LastUsedAt = row.IsDBNull(7) ? null : row.GetDateTime(7),
        RevokedAt = row.IsDBNull(8) ? null : row.GetDateTime(8),
    };

    private static NpgsqlParameter<Guid> Uuid(Guid id) => new() { TypedValue = id };

    private static NpgsqlParameter<string> Text(string text) => new() { TypedValue = text };

    private static NpgsqlParameter<DateTime?> Time(DateTime? time) => new() { TypedValue = time, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
