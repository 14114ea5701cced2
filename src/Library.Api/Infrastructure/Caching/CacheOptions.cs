using System.ComponentModel.DataAnnotations;

namespace Library.Api.Infrastructure.Caching;

/// <summary>The cache of resources and pages, section <c>Library:Cache</c>.</summary>
internal sealed class CacheOptions
{
    public const string SectionName = "Library:Cache";

    /// <summary>How long an entry is served at most. Only a safety net, since events evict entries. 1 second–1 hour; default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of JSON kept at most; what is longer than 1 KiB counts twice, for its compressed forms. 1 MiB–64 GiB; default 64 MiB.</summary>
    [Range(1024L * 1024, 64L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 64L * 1024 * 1024;
}
