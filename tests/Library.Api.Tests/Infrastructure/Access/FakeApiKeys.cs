using System.Collections.Concurrent;
using Library.Api.Infrastructure.Access;

namespace Library.Api.Tests.Infrastructure.Access;

/// <summary>The table of keys, and how often it was asked.</summary>
internal sealed class FakeApiKeys : IApiKeys
{
    private int _reads;

    public ConcurrentDictionary<Guid, ApiKeyRow> Rows { get; } = [];

    public ConcurrentQueue<Guid> Used { get; } = [];

    public int Reads => _reads;

    /// <summary>Fails every read, as a database that is away does.</summary>
    public Exception? Fault { get; set; }

    /// <returns>The key.</returns>
    public string Add(string name, string[] scopes, DateTime? expiresAt = null, DateTime? lastUsedAt = null)
    {
        var key = ApiKeyText.New();
        var row = new ApiKeyRow
        {
            Id = Guid.CreateVersion7(),
            Name = name,
            Prefix = key[..ApiKeyText.PrefixLength],
            Hash = ApiKeyText.Hash(key),
            Scopes = scopes,
            CreatedAt = DateTime.UnixEpoch,
            ExpiresAt = expiresAt,
            LastUsedAt = lastUsedAt,
        };
        Rows[row.Id] = row;
        return key;
    }

    public Task<List<ApiKeyRow>> FindAsync(string prefix, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _reads);
        return Fault is null
            ? Task.FromResult(Rows.Values.Where(row => row.Prefix == prefix && row.RevokedAt is null).ToList())
            : Task.FromException<List<ApiKeyRow>>(Fault);
    }

    public Task MarkUsedAsync(Guid id, CancellationToken cancellation)
    {
        Used.Enqueue(id);
        return Task.CompletedTask;
    }
}
