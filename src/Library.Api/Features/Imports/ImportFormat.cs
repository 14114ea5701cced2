using Library.Api.Infrastructure.Http;

namespace Library.Api.Features.Imports;

/// <summary>What the records of a file are written in.</summary>
internal enum ImportFormat
{
    /// <summary>Not said: what begins with a brace or a bracket is JSON, all else CSV.</summary>
    ByContent,

    /// <summary>A JSON object a line.</summary>
    NdJson,

    /// <summary>Fields separated by commas, semicolons or tabs, as the header row shows.</summary>
    Csv,

    /// <summary>Fields separated by tabs.</summary>
    Tab,
}

/// <summary>The media types and the values of <c>format</c> that say so.</summary>
internal static class ImportFormats
{
    private static readonly Dictionary<string, ImportFormat> OfMediaType = new(StringComparer.OrdinalIgnoreCase)
    {
        [MediaTypes.NdJson] = ImportFormat.NdJson,
        ["application/ndjson"] = ImportFormat.NdJson,
        ["application/jsonl"] = ImportFormat.NdJson,
        [MediaTypes.Csv] = ImportFormat.Csv,
        ["text/tab-separated-values"] = ImportFormat.Tab,
        ["application/gzip"] = ImportFormat.ByContent,
    };

    /// <summary>All that an import may be sent as; the first is what exports are.</summary>
    public static readonly IReadOnlyList<string> MediaTypesTaken = [.. OfMediaType.Keys];

    /// <summary>Null: it is none that an import takes.</summary>
    public static ImportFormat? Of(string? mediaType) => mediaType is not null && OfMediaType.TryGetValue(mediaType, out var format) ? format : null;

    /// <summary>Null: the query says none.</summary>
    public static ImportFormat? Of(IQueryCollection query)
    {
        if (!query.TryGetValue("format", out var format)) return null;
        return format.ToString() switch
        {
            "ndjson" => ImportFormat.NdJson,
            "csv" => ImportFormat.Csv,
            _ => throw RefusalException.OfQuery("format", "It must be ndjson or csv."),
        };
    }

    /// <param name="beginning">Of the text, in UTF-8.</param>
    public static ImportFormat Of(ReadOnlySpan<byte> beginning)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (beginning.StartsWith(mark)) beginning = beginning[mark.Length..];
        var text = beginning.TrimStart(" \t\r\n"u8);
        return text is [(byte)'{' or (byte)'[', ..] ? ImportFormat.NdJson : ImportFormat.Csv;
    }
}
