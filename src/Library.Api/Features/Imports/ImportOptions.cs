using System.ComponentModel.DataAnnotations;

namespace Library.Api.Features.Imports;

/// <summary>Bulk ingestion, section <c>Library:Imports</c>.</summary>
internal sealed class ImportOptions
{
    public const string SectionName = "Library:Imports";

    /// <summary>Bytes of one record; one that is larger is refused alone. 1 KiB–16 MiB; default 1 MiB, ample for a book at every limit of its fields.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int RecordBytes { get; set; } = 1024 * 1024;

    /// <summary>Uploads, exports and lists of refused records under way at once on an instance, each with a connection to the database; further ones get 503. 1–1,000; default 40.</summary>
    [Range(1, 1000)]
    public int MaxTransfers { get; set; } = 40;

    /// <summary>How many of them one caller may have, one address where callers are not told apart. 1–1,000; default 10.</summary>
    [Range(1, 1000)]
    public int MaxTransfersOfCaller { get; set; } = 10;
}
