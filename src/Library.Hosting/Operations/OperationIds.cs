using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Library.Hosting.Operations;

/// <summary>
/// Makes and recognises operation ids: UUIDs of version 8 (RFC 9562) that prove their origin, so that an issued id can be distinguished from a
/// made-up one with no row written.
/// </summary>
/// <remarks>
/// <code>
/// 48 bits  Unix time in milliseconds        (ids sort by time; operations are partitioned by it)
///  4 bits  version 8
/// 12 bits  counter within the millisecond   (never repeats within a process)
///  2 bits  variant
/// 28 bits  the process, at random           (two processes that share it would have to meet in time and counter as well)
/// 12 bits  HMAC-SHA256 over all of the above and the caller: the owner, so that other callers learn nothing even before there is a row
/// 22 bits  HMAC-SHA256 over all of the above
/// </code>
/// </remarks>
public sealed class OperationIds(IOptions<OperationsOptions> options, TimeProvider time)
{
    private const int CounterBits = 12;
    private const int OwnerBits = 12;
    private const int MacBits = 22;
    private const ulong MacMask = (1UL << MacBits) - 1;
    private const ulong OwnerMask = ((1UL << OwnerBits) - 1) << MacBits;

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes("library-operation-ids:" + options.Value.Secret));
    private readonly ulong _process = (ulong)RandomNumberGenerator.GetInt32(1 << 28);
    private long _last;

    /// <summary>A new id; its time is now, or a little later when more than 4,096 are made in a millisecond.</summary>
    /// <param name="caller">The owner of the operation; empty: no particular caller.</param>
    public Guid Next(string caller = "")
    {
        var tick = NextTick();
        var high = ((ulong)(tick >> CounterBits) << 16) | 0x8000UL | (ulong)(tick & ((1 << CounterBits) - 1));
        var low = (0b10UL << 62) | (_process << (OwnerBits + MacBits));
        low |= Owner(high, low, caller);
        return ToGuid(high, low | Mac(high, low));
    }

    /// <summary>Whether this service, with this secret, issued the id; if so, when.</summary>
    public bool TryRead(Guid id, out DateTimeOffset issuedAt)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        issuedAt = ToTime(high);
        // The MAC covers the version and the variant too.
        return (low & MacMask) == Mac(high, low & ~MacMask);
    }

    /// <summary>Whether an issued id may belong to that caller. Another caller's id passes with a probability of 1 in 4,096; only the operation's row is certain.</summary>
    public bool MayBeOf(Guid id, string caller)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var high = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        var low = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        return (low & OwnerMask) == Owner(high, low & ~(MacMask | OwnerMask), caller);
    }

    /// <summary>The time in an id's leading bits, whoever made it; the last possible time where they hold none.</summary>
    public static DateTimeOffset TimeOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return ToTime(BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary>The least UUID of that time: the bound between partitions.</summary>
    public static Guid LowerBound(DateTimeOffset time) => ToGuid((ulong)time.ToUnixTimeMilliseconds() << 16, 0);

    private static DateTimeOffset ToTime(ulong high)
    {
        var milliseconds = (long)(high >> 16);
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.MaxValue;
    }

    private long NextTick()
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(last + 1, time.GetUtcNow().ToUnixTimeMilliseconds() << CounterBits);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return next;
        }
    }

    private ulong Owner(ulong high, ulong low, string caller)
    {
        if (caller.Length == 0) return 0;
        byte[] text = [.. BitConverter.GetBytes(high), .. BitConverter.GetBytes(low), .. Encoding.UTF8.GetBytes(caller)];
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(_key, text, mac);
        return (BinaryPrimitives.ReadUInt64BigEndian(mac) << MacBits) & OwnerMask;
    }

    private ulong Mac(ulong high, ulong low)
    {
        Span<byte> text = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(text, high);
        BinaryPrimitives.WriteUInt64BigEndian(text[8..], low);
        Span<byte> mac = stackalloc byte[32];
        HMACSHA256.HashData(_key, text, mac);
        return BinaryPrimitives.ReadUInt64BigEndian(mac) & MacMask;
    }

    private static Guid ToGuid(ulong high, ulong low)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return new Guid(bytes, bigEndian: true);
    }
}
