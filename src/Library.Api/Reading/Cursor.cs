using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Library.Api.Reading;

/// <summary>
/// Where a page ended, opaque to clients: one byte of format, four that tie it to its query and show a mangled one, then the last id.
/// </summary>
internal static class Cursor
{
    private const byte Format = 1;
    private const int CheckLength = 4;
    private const int Length = 1 + CheckLength + 16;

    /// <param name="query">Whatever must be the same on the next page: the list and its order.</param>
    public static string Write(string query, Guid lastId)
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Format;
        lastId.TryWriteBytes(bytes[(1 + CheckLength)..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], Check(query, bytes[(1 + CheckLength)..]));
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryRead(string query, string text, out Guid lastId)
    {
        lastId = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (text.Length != Base64Url.GetEncodedLength(Length) || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written) || written != Length || bytes[0] != Format
            || BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) != Check(query, bytes[(1 + CheckLength)..])) return false;
        lastId = new Guid(bytes[(1 + CheckLength)..], bigEndian: true);
        return true;
    }

    private static uint Check(string query, ReadOnlySpan<byte> id) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(query), 0, .. id]));
}
