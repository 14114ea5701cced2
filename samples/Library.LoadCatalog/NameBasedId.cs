using System.Security.Cryptography;
using System.Text;

namespace Library.LoadCatalog;

/// <summary>The id that a key of a catalog file stands for: a UUID of version 5 (RFC 9562), so a file has the same ids each time.</summary>
internal static class NameBasedId
{
    private static readonly Guid Namespace = new("5b1f0f5e-8c7a-4d53-9a0e-6f2d3c4b7a11");

    public static Guid OfAuthor(string key) => Of("author:" + key);

    public static Guid OfBook(string key) => Of("book:" + key);

    private static Guid Of(string name)
    {
#pragma warning disable CA5350 // Version 5 is defined by SHA-1; nothing here is a secret.
        var hash = SHA1.HashData([.. Namespace.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)]);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
