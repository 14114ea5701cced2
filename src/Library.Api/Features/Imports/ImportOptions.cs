using System.ComponentModel.DataAnnotations;

namespace Library.Api.Features.Imports;

/// <summary>Bulk ingestion, section <c>Library:Imports</c>.</summary>
internal sealed class ImportOptions
{
    public const string SectionName = "Library:Imports";

    /// <summary>Bytes of one record; one that is larger is refused alone. 1 KiB–16 MiB; default 4 MiB, ample for a book at every limit of its fields, each character escaped.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int RecordBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long an upload may be silent, whatever it has sent before; then it is cut off (408) and fails. 1 s–1 h; default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Refused records of one upload that are kept to be looked at; further ones are counted only. An upload of which so many are refused and none is good fails. 1–1,000,000; default 10,000.</summary>
    [Range(1, 1_000_000)]
    public int RefusedKept { get; set; } = 10_000;

    /// <summary>How many bytes one byte of a gzip body may stand for, once it stands for 64 MiB. 10–1,100; default 200.</summary>
    [Range(10, 1100)]
    public int Expansion { get; set; } = 200;

    /// <summary>Bytes a second that the client of an export, or of a list of refused records, must take while it keeps us waiting; a slower one is cut off. 1–1,000,000,000; default 4,096.</summary>
    [Range(1, 1_000_000_000)]
    public int MinRate { get; set; } = 4096;

    /// <summary>How long an export may last: its snapshot keeps Postgres from cleaning up. Past it it ends, and its trailer says so. 1 min–7 days; default 2 h.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan MaxExport { get; set; } = TimeSpan.FromHours(2);

    /// <summary>Uploads, exports and lists of refused records under way at once on an instance, each with a connection to the database; further ones get 503. 1–1,000; default 40.</summary>
    [Range(1, 1000)]
    public int MaxTransfers { get; set; } = 40;

    /// <summary>How many of them one caller may have, or one address if callers are not identified. 1–1,000; default 10.</summary>
    [Range(1, 1000)]
    public int MaxTransfersOfCaller { get; set; } = 10;
}
