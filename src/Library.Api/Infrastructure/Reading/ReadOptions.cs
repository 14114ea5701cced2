using System.ComponentModel.DataAnnotations;

namespace Library.Api.Infrastructure.Reading;

/// <summary>Where and how the catalog is read, section <c>Library:Reads</c>.</summary>
internal sealed class ReadOptions
{
    public const string SectionName = "Library:Reads";

    /// <summary>
    /// Npgsql connection string of standbys (<c>Host=a,b;Load Balance Hosts=true;Target Session Attributes=prefer-standby</c>). Operations and the
    /// answers to commands are read from the primary all the same. Default: that of <c>Library:Postgres</c>.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>Connections for single resources, a host. 1–1,000; default 20.</summary>
    [Range(1, 1000)]
    public int Connections { get; set; } = 20;

    /// <summary>Connections for lists, a host: apart, so that slow ones cannot starve the reads of single resources. 1–1,000; default 10.</summary>
    [Range(1, 1000)]
    public int ListConnections { get; set; } = 10;

    /// <summary>Connections for full text and exact counts, a host: apart from lists as well. 1–1,000; default 6.</summary>
    [Range(1, 1000)]
    public int SearchConnections { get; set; } = 6;

    /// <summary>How long Postgres works on one statement at most. 100 ms–3.5 s, so that a client has its answer in time; default 3.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:03.5")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(3.5);
}
