using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Library.Api.Infrastructure.Access;

/// <summary>
/// The text of an API key: <c>lib_</c>, 32 random bytes in Base64url (43 characters), and the first four bytes of the SHA-256 of all before it in
/// Base64url (6): this lets a secret scanner recognise a key by its form, and distinguishes a typing error from an unknown key.
/// </summary>
internal static class ApiKeyText
{
    public const string Start = "lib_";

    /// <summary>The non-secret characters that identify a key and by which it is found: <c>lib_</c> and eight more.</summary>
    public const int PrefixLength = 12;

    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int ChecksumBytes = 4;
    private const int ChecksumLength = 6;

    public const int Length = 4 + SecretLength + ChecksumLength;

    public static string New()
    {
        var body = Start + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return body + Checksum(body);
    }

    /// <summary>Whether it may be a key: of its form, and with the checksum right.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !text.StartsWith(Start, StringComparison.Ordinal)) return false;
        foreach (var character in text[Start.Length..])
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_')) return false;
        return text[^ChecksumLength..].SequenceEqual(Checksum(text[..^ChecksumLength]));
    }

    /// <summary>SHA-256, as it is stored: 256 random bits need no salt and no slow hash.</summary>
    public static byte[] Hash(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return SHA256.HashData(bytes[..Encoding.ASCII.GetBytes(text[..Math.Min(text.Length, Length)], bytes)]);
    }

    private static string Checksum(ReadOnlySpan<char> body)
    {
        Span<byte> bytes = stackalloc byte[Start.Length + SecretLength];
        Encoding.ASCII.GetBytes(body, bytes);
        return Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, ChecksumBytes));
    }
}
