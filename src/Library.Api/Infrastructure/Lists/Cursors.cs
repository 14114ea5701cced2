using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Library.Hosting.Operations;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Lists;

/// <summary>
/// Where a page ended, opaque to clients: one byte for the format, a MAC that binds it to its query and proves its origin, one byte for the
/// kind of value that follows, then id, block and value.
/// </summary>
internal sealed class Cursors(IOptions<OperationsOptions> options)
{
    private const byte Format = 1;
    private const int MacLength = 12;
    private const int KindAt = 1 + MacLength;
    private const int IdAt = KindAt + 1;
    private const int BlockAt = IdAt + 16;
    private const int ValueAt = BlockAt + 16;
    private const int NoDay = int.MinValue;

    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes("library-cursors:" + options.Value.Secret));

    private enum Kind : byte
    {
        None,
        Text,
        Date,
        Rank,
    }

    /// <param name="query">Whatever must be the same on the next page.</param>
    public string Write(string query, PageKey key)
    {
        var (kind, value) = Encode(key.Value);
        var bytes = new byte[ValueAt + value.Length];
        bytes[0] = Format;
        bytes[KindAt] = (byte)kind;
        key.Id.TryWriteBytes(bytes.AsSpan(IdAt), bigEndian: true, out _);
        key.Block.TryWriteBytes(bytes.AsSpan(BlockAt), bigEndian: true, out _);
        value.CopyTo(bytes.AsSpan(ValueAt));
        Mac(query, bytes).CopyTo(bytes.AsSpan(1));
        return Base64Url.EncodeToString(bytes);
    }

    public bool TryRead(string query, string text, out PageKey? key)
    {
        key = null;
        if (!Base64Url.IsValid(text, out var length) || length < ValueAt) return false;
        var bytes = Base64Url.DecodeFromChars(text);
        // The last character of a text may hold bits that decode to nothing: only our own spelling of the bytes counts.
        if (bytes[0] != Format || Base64Url.EncodeToString(bytes) != text) return false;
        if (!CryptographicOperations.FixedTimeEquals(Mac(query, bytes), bytes.AsSpan(1, MacLength))) return false;
        key = new PageKey(
            Decode((Kind)bytes[KindAt], bytes.AsSpan(ValueAt)), new Guid(bytes.AsSpan(IdAt, 16), bigEndian: true), new Guid(bytes.AsSpan(BlockAt, 16), bigEndian: true));
        return true;
    }

    private static (Kind, byte[]) Encode(object? value)
    {
        var number = new byte[4];
        var days = new byte[8];
        switch (value)
        {
            case string text:
                return (Kind.Text, Encoding.UTF8.GetBytes(text));
            case DateKey date:
                BinaryPrimitives.WriteInt32BigEndian(days, date.Earliest ?? NoDay);
                BinaryPrimitives.WriteInt32BigEndian(days.AsSpan(4), date.Latest);
                return (Kind.Date, days);
            case float rank:
                BinaryPrimitives.WriteSingleBigEndian(number, rank);
                return (Kind.Rank, number);
            default:
                return (Kind.None, []);
        }
    }

    private static object? Decode(Kind kind, ReadOnlySpan<byte> value) => kind switch
    {
        Kind.Text => Encoding.UTF8.GetString(value),
        Kind.Date => new DateKey(
            BinaryPrimitives.ReadInt32BigEndian(value) is var earliest and not NoDay ? earliest : null, BinaryPrimitives.ReadInt32BigEndian(value[4..])),
        Kind.Rank => BinaryPrimitives.ReadSingleBigEndian(value),
        _ => null,
    };

    private ReadOnlySpan<byte> Mac(string query, byte[] bytes)
    {
        byte[] signed = [bytes[0], .. Encoding.UTF8.GetBytes(query), 0, .. bytes.AsSpan(KindAt)];
        return HMACSHA256.HashData(_key, signed).AsSpan(0, MacLength);
    }
}
