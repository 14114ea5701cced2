using System.Security.Cryptography;
using System.Text;
using Library.Formats.Marc;
using Library.Formats.Text;

namespace Library.Formats.Mapping;

/// <summary>The key of a book: by it, sending a file twice changes nothing.</summary>
internal static class RecordKey
{
    public static string Of(MarcRecord record, string? agency, string? number, string? isbn) =>
        number?.Trim() is { Length: > 0 } ownNumber ? HeadingKey.Fit($"marc:{agency?.Trim()}{ownNumber}")
        : isbn is not null ? $"isbn:{isbn}"
        : $"digest:{Digest(record)}";

    // Of what it says, and not of how it was written: the same in ISO 2709 and MARCXML, in MARC-8 and UTF-8.
    private static string Digest(MarcRecord record)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in record.FieldSpan)
        {
            Add(hash, $"\x1E{field.Tag}{field.Value}");
            foreach (var subfield in field.Subfields) Add(hash, $"\x1F{subfield.Code}{subfield.Value}");
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(Nfc.Compose(text)));
}
