using System.Security.Cryptography;
using System.Text;

namespace Library.Contracts.Imports;

/// <summary>The one id that a key of an import stands for, for good: UUID version 5 (RFC 9562), so that sending a file twice changes nothing.</summary>
public static class RecordKeys
{
    /// <summary>Namespace of the names <c>author:KEY</c> and <c>book:KEY</c>.</summary>
    public static readonly Guid Namespace = new("5b1f0f5e-8c7a-4d53-9a0e-6f2d3c4b7a11");

    /// <summary>The id of the author with this key.</summary>
    public static Guid AuthorId(string key) => Version5("author:", key);

    /// <summary>The id of the book with this key.</summary>
    public static Guid BookId(string key) => Version5("book:", key);

    // The algorithm is RFC 9562's choice, and no secret: whoever has the key has the id.
#pragma warning disable CA5350
    private static Guid Version5(string prefix, string key)
    {
        var length = 16 + prefix.Length + Encoding.UTF8.GetByteCount(key);
        var name = length <= 512 ? stackalloc byte[length] : new byte[length];
        Namespace.TryWriteBytes(name, bigEndian: true, out _);
        Encoding.ASCII.GetBytes(prefix, name[16..]);
        Encoding.UTF8.GetBytes(key, name[(16 + prefix.Length)..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(name, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
#pragma warning restore CA5350
}
