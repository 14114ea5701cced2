using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Npgsql;

namespace Library.Api.Infrastructure.Access;

/// <summary>
/// Keys that the database has vouched for, for five seconds: a request costs a look into memory, and a revoked key ends within that time
/// on every instance. One that is in use is asked for again before the time is over, while requests go on.
/// </summary>
internal sealed partial class VerifiedKeys(IApiKeys store, TimeProvider time, ILogger<VerifiedKeys> log)
{
    /// <summary>How long the database's word holds, from the moment that it was asked.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(4.5);

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(1);

    /// <summary>Only keys that are there take up room; past it those that are over go.</summary>
    private const int Many = 10_000;

    private readonly ConcurrentDictionary<long, Entry> _entries = new();

    /// <summary>At once, from memory. Null: the database is to be asked.</summary>
    public CallerPrincipal? Find(byte[] hash)
    {
        if (!_entries.TryGetValue(SlotOf(hash), out var entry) || !CryptographicOperations.FixedTimeEquals(entry.Row.Hash, hash)) return null;
        var age = time.GetElapsedTime(entry.AskedAt);
        if (age >= Lifetime || IsExpired(entry.Row)) return null;
        if (age >= Fresh && entry.BeginRefresh()) _ = RefreshAsync(entry);
        return entry.Principal;
    }

    /// <summary>Null: there is no such key, or it is revoked or over.</summary>
    /// <exception cref="NpgsqlException">The database cannot tell.</exception>
    /// <exception cref="TimeoutException">The database cannot tell in time.</exception>
    public async Task<CallerPrincipal?> VerifyAsync(string prefix, byte[] hash, CancellationToken cancellation)
    {
        var askedAt = time.GetTimestamp();
        ApiKeyRow? found = null;
        // All of them are compared, and each in constant time: how long it takes tells nothing of what is stored.
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

    /// <summary>For the instance that revoked it: at once.</summary>
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
            // The entry ends by itself, and the request that finds it gone asks once more and answers 503.
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

        /// <summary>True once: whoever gets it asks the database.</summary>
        public bool BeginRefresh() => Interlocked.Exchange(ref _refreshing, 1) == 0;
    }

    [LoggerMessage(120, LogLevel.Warning, "Key {Prefix} could not be checked again now: {Reason}")]
    private partial void LogUnverified(string prefix, string reason);

    [LoggerMessage(121, LogLevel.Warning, "The last use of key {KeyId} could not be noted: {Reason}")]
    private partial void LogUnmarked(Guid keyId, string reason);
}
