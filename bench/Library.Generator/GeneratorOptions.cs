using System.ComponentModel.DataAnnotations;

namespace Library.Generator;

/// <summary>What to generate, from the command line: <c>--postgres … --authors 1000000 --books 5000000</c>.</summary>
internal sealed class GeneratorOptions
{
    /// <summary>Npgsql connection string of an empty catalog's database. Required.</summary>
    [Required]
    public string Postgres { get; set; } = "";

    /// <summary>Schema of the catalog's tables. Default: <c>library</c>.</summary>
    [Required]
    public string Schema { get; set; } = "library";

    /// <summary>How many authors. 1–100,000,000; default 100,000.</summary>
    [Range(1, 100_000_000)]
    public int Authors { get; set; } = 100_000;

    /// <summary>How many books. 0–100,000,000; default 500,000.</summary>
    [Range(0, 100_000_000)]
    public int Books { get; set; } = 500_000;

    /// <summary>Exponent of the Zipf law by which books fall to authors: 0 is even. 0–2; default 0.9.</summary>
    [Range(0.0, 2.0)]
    public double Skew { get; set; } = 0.9;

    /// <summary>The same seed and numbers make the same catalog. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Leaves out what earlier versions do not know, so that both can be given the same records: days instead of dates, an author at least, none of the newer fields. Default false.</summary>
    public bool Plain { get; set; }

    /// <summary>Connections that write side by side. 1–64; default: one a core.</summary>
    [Range(1, 64)]
    public int Connections { get; set; } = Math.Min(Environment.ProcessorCount, 64);
}
