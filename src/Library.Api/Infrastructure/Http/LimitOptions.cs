using System.ComponentModel.DataAnnotations;

namespace Library.Api.Infrastructure.Http;

/// <summary>What a request may weigh, section <c>Library:Limits</c>. Beyond it: 413, 414, 429 or 431.</summary>
internal sealed class LimitOptions
{
    public const string SectionName = "Library:Limits";

    /// <summary>Bytes of a command's body. 1 KiB–64 MiB; default 4 MiB, ample for a book at every limit of its fields, each character escaped.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int BodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Levels of nesting in a JSON body. 2–64; default 8: no request has more than two.</summary>
    [Range(2, 64)]
    public int JsonDepth { get; set; } = 8;

    /// <summary>Characters of path and query string together. 1,024–65,536; default 8,192.</summary>
    [Range(1024, 65_536)]
    public int TargetLength { get; set; } = 8192;

    /// <summary>Characters of all header fields together. 4,096–262,144; default 32,768.</summary>
    [Range(4096, 262_144)]
    public int HeaderLength { get; set; } = 32_768;

    /// <summary>
    /// Commands that one instance takes in at once, from the first byte until the broker has confirmed; further ones get 429.
    /// 1–1,000,000; default 2,000.
    /// </summary>
    [Range(1, 1_000_000)]
    public int CommandsInFlight { get; set; } = 2000;

    /// <summary>Bytes of all commands' bodies that are in memory at once on one instance; further ones get 503. 1 MiB–64 GiB; default 256 MiB.</summary>
    [Range(1024 * 1024, 64L * 1024 * 1024 * 1024)]
    public long BodyBytesTogether { get; set; } = 256 * 1024 * 1024;

    /// <summary>
    /// Bytes of a body that are still read and discarded after its request has been refused: a client that sends all of it before it reads
    /// would otherwise never see the response. 0–16 GiB; default 256 MiB. Past it the connection is cut.
    /// </summary>
    [Range(0L, 16L * 1024 * 1024 * 1024)]
    public long LingerBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How long that goes on at most. 0–10 minutes; default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan LingerTime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the client may send nothing meanwhile. 10 ms–1 minute; default 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00")]
    public TimeSpan LingerSilence { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Requests a minute of one caller on one instance, or of one address if callers are not identified; further ones get 429 until the minute is
    /// over. 0–10,000,000, 0: no limit. Default: 0 in mode None, else 6,000.
    /// </summary>
    [Range(0, 10_000_000)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>Credentials a minute from one address that do not hold; further ones get 429 and are not looked up. 0–1,000,000, 0: no limit. Default: 60.</summary>
    [Range(0, 1_000_000)]
    public int FailedAttemptsPerMinute { get; set; } = 60;
}
