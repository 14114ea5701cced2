using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Npgsql;

namespace Library.Api.Infrastructure.Access;

/// <summary>
/// Keys verified by the database, cached for five seconds: a request costs one look-up in memory, and a revoked key stops working within that time
/// on every instance. A key in use is revalidated in the background before its entry expires.
/// </summary>
internal sealed partial class VerifiedKeys(IApiKeys store, TimeProvider time, ILogger<VerifiedKeys> log)
{
    /// <summary>How long a verification is valid, counted from when the database was queried.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(4.5);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);

    /// <summary>Only existing keys take up room; past this number expired entries are evicted.</summary>
    private const int Many = 10_000;

    private readonly ConcurrentDictionary<long, Entry> _entries = new();

    /// <summary>From memory only. Null: the database must be queried.</summary>
    public CallerPrincipal? Find(byte[] hash)
    {
        if (!_entries.TryGetValue(SlotOf(hash), out var entry) || !CryptographicOperations.FixedTimeEquals(entry.Row.Hash, hash)) return null;
        var age = time.GetElapsedTime(entry.AskedAt);
        if (age >= Lifetime || IsExpired(entry.Row)) return null;
        if (age >= Fresh && entry.BeginRefresh()) _ = RefreshAsync(entry);
        return entry.Principal;
    }

    /// <summary>Null: there is no such key, or it is revoked or over.</summary>
    /// <exception cref="NpgsqlException">The database cannot be queried.</exception>
    /// <exception cref="TimeoutException">The database did not answer in time.</exception>
    public async Task<CallerPrincipal?> VerifyAsync(string prefix, byte[] hash, CancellationToken cancellation)
    {
        var askedAt = time.GetTimestamp();
        ApiKeyRow? found = null;
        // All of them are compared, each in constant time, so that timing reveals nothing about what is stored.
        foreach (var row in await store.FindAsync(prefix, cancellation))
            if (CryptographicOperations.FixedTimeEquals(row.Hash, hash)) found = row;
        if (found is null || IsExpired(found))
        {
            _entries.TryRemove(SlotOf(hash), out _);
            return null;
        }

        if (_entries.Count >= Many) DropOld();
        var entry = new Entry(found, new CallerPrincipal(found.Name, found.Scopes, ApiKeyHandler.SchemeName), askedAt);
        _entries[SlotOf(hash)] = entry;
        if (found.LastUsedAt is not { } used || time.GetUtcNow() - used >= UseInterval) _ = MarkUsedAsync(found.Id);
        return entry.Principal;
    }

    /// <summary>Removes the entry immediately on the instance that revoked the key.</summary>
    public void Forget(Guid id)
    {
        foreach (var (slot, entry) in _entries)
            if (entry.Row.Id == id) _entries.TryRemove(slot, out _);
    }

    private async Task RefreshAsync(Entry entry)
    {
        try
        {
            await VerifyAsync(entry.Row.Prefix, entry.Row.Hash, CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // The entry expires; the next request then queries the database again and answers 503 if that fails.
            LogUnverified(entry.Row.Prefix, fault.Message);
        }
    }

    private async Task MarkUsedAsync(Guid id)
    {
        try
        {
            await store.MarkUsedAsync(id, CancellationToken.None);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            LogUnmarked(id, fault.Message);
        }
    }

    private void DropOld()
    {
        foreach (var (slot, entry) in _entries)
            if (time.GetElapsedTime(entry.AskedAt) >= Lifetime) _entries.TryRemove(slot, out _);
    }

    private bool IsExpired(ApiKeyRow key) => key.ExpiresAt is { } end && end <= time.GetUtcNow().UtcDateTime;

    /// <summary>The hash of 256 random bits is spread evenly, whatever a client sends.</summary>
    private static long SlotOf(byte[] hash) => MemoryMarshal.Read<long>(hash);

    private sealed class Entry(ApiKeyRow row, CallerPrincipal principal, long askedAt)
    {
        private int _refreshing;

        public ApiKeyRow Row { get; } = row;

        public CallerPrincipal Principal { get; } = principal;

        public long AskedAt { get; } = askedAt;

        /// <summary>Returns true to one caller only, which then queries the database.</summary>
        public bool BeginRefresh() => Interlocked.Exchange(ref _refreshing, 1) == 0;
    }

    [LoggerMessage(120, LogLevel.Warning, "API key {Prefix} could not be revalidated: {Reason}")]
    private partial void LogUnverified(string prefix, string reason);

    [LoggerMessage(121, LogLevel.Warning, "The last use of API key {KeyId} could not be recorded: {Reason}")]
    private partial void LogUnmarked(Guid keyId, string reason);
}
