using System.Text;

namespace Library.Formats;

/// <summary>What a file of records is.</summary>
public enum FileFormat
{
    /// <summary>None of these, or too little of it to tell.</summary>
    Unknown,

    /// <summary>MARC 21 in ISO 2709.</summary>
    Marc,

    /// <summary>XML; whether it is MARCXML its reader tells.</summary>
    MarcXml,

    /// <summary>A dump of Open Library.</summary>
    OpenLibrary,
}

/// <summary>Tells formats by the first bytes of a file.</summary>
public static class FileFormats
{
    /// <summary>Bytes that are enough to tell, where the file has as many.</summary>
    public const int HeadLength = 256;

    /// <summary>By the (unzipped) beginning of a file.</summary>
    public static FileFormat Detect(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) head = head[3..];
        // XML in UTF-16 begins with its byte order mark, and every second byte is NUL.
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return head[2..].Trim((byte)0).StartsWith("<"u8) ? FileFormat.MarcXml : FileFormat.Unknown;
        head = head.TrimStart(" \t\r\n\0"u8);
        return head.StartsWith("<"u8) ? FileFormat.MarcXml
            : head.StartsWith("/type/"u8) ? FileFormat.OpenLibrary
            : IsLeader(head) ? FileFormat.Marc
            : FileFormat.Unknown;
    }

    // A length of five digits, the two counts of MARC 21, a base address: what no line of text begins with by chance.
    private static bool IsLeader(ReadOnlySpan<byte> head) =>
        head.Length >= 24 && Ascii.IsValid(head[..24]) && AreDigits(head[..5]) && AreDigits(head[10..17]);

    private static bool AreDigits(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
