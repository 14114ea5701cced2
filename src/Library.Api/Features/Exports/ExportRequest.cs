using System.Reflection;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Imports;

namespace Library.Api.Features.Exports;

/// <summary>What to export, and how.</summary>
internal sealed record ExportRequest(bool Authors, bool Books, bool IsCsv, bool IsExcelSafe)
{
    /// <summary>The first where the client has no wish.</summary>
    public static readonly IReadOnlyList<string> Offers = [MediaTypes.NdJson, MediaTypes.Csv];

    public static ValueTask<ExportRequest?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var type = Choice(http, "type", AuthorRecord.TypeName, BookRecord.TypeName);
        var isCsv = (Choice(http, "format", "ndjson", "csv") ?? Accepted.Best(http.Request.Headers.Accept, Offers)) is "csv" or MediaTypes.Csv;
        var excel = http.Request.Query.TryGetValue("excel", out var value) && (value == "safe" ? true : throw RefusalException.OfQuery("excel", "It must be safe."));
        return ValueTask.FromResult<ExportRequest?>(new(type is not BookRecord.TypeName, type is not AuthorRecord.TypeName, isCsv, excel));
    }

    private static string? Choice(HttpContext http, string name, string one, string other)
    {
        if (!http.Request.Query.TryGetValue(name, out var value)) return null;
        return value == one || value == other ? value.ToString() : throw RefusalException.OfQuery(name, $"It must be {one} or {other}.");
    }
}
