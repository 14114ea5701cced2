using Library.Api.Features.Imports;
using Library.Api.Infrastructure.Compression;
using Library.Api.Infrastructure.Http;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Api.Features.Exports;

internal static class ExportEndpoint
{
    /// <summary>Trailer after the body: complete, or incomplete and the reason.</summary>
    private const string Trailer = "Library-Export";

    private const string Authors = "select state from authors where deleted_at_position is null order by id";

    /// <summary>The state as it will be when running cascades are complete: a file whose books name authors that are not in it could not be imported. A book that never had an author stays.</summary>
    private const string Books = """
        select b.state, l.gone
        from books b cross join lateral (select array_agg(a.id) filter (where a.deleted_at_position is not null) as gone, bool_or(a.deleted_at_position is null) as stays
          from book_authors l join authors a on a.id = l.author_id where l.book_id = b.id) l
        where l.stays is not false
        order by b.id
        """;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/export", HandleAsync)
        .WithName("Export")
        .WithTags("Imports")
        .WithSummary("Export the catalog")
        .WithDescription("The whole catalog as it is at one moment, in the format of imports, authors first, by id: importing it into an empty catalog yields the same catalog. The trailer Library-Export says complete, or incomplete when it lasted too long. A CSV that people open in a spreadsheet: excel=safe.")
        .Produces<string>(StatusCodes.Status200OK, MediaTypes.NdJson, MediaTypes.Csv)
        .Answers(ExportRequest.Offers)
        .TakesQuery("type", "format", "excel")
        .WithMetadata(new ExportRoute())
        .Refuses(400, 503);

    private static async Task<IResult> HandleAsync(ExportRequest request, HttpContext http, Transfers transfers, NpgsqlDataSource postgres, IOptions<ImportOptions> options, TimeProvider time, ILogger<ExportRequest> log)
    {
        using var place = transfers.Begin(http);
        var cancellation = http.RequestAborted;
        await using var connection = await postgres.OpenConnectionAsync(cancellation);
        // One snapshot for both statements.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var response = http.Response;
        response.ContentType = request.IsCsv ? MediaTypes.Csv + "; charset=utf-8" : MediaTypes.NdJson;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"library.{(request.IsCsv ? "csv" : "ndjson")}\"";
        var answer = CompressedAnswer.Open(http);
        if (HttpMethods.IsHead(http.Request.Method)) return Results.Empty;
        response.DeclareTrailer(Trailer);
        var run = new ExportRun(connection, new TransferPace(http, answer.Writer, options.Value.MinRate, time, log), answer.Writer, time, options.Value.MaxExport);
        using var json = new NdJsonExport(answer.Writer);
        IExportWriter writer = request.IsCsv ? new CsvExport(answer.Writer, request.IsExcelSafe) : json;
        writer.Begin();
        var complete = (!request.Authors || await run.WriteAsync(Authors, row => writer.Write(ExportRows.Author(row)), cancellation))
            && (!request.Books || await run.WriteAsync(Books, row => writer.Write(ExportRows.Book(row)), cancellation));
        await answer.CompleteAsync(cancellation);
        if (response.SupportsTrailers()) response.AppendTrailer(Trailer, complete ? "complete" : "incomplete; reason=\"it lasted too long\"");
        // A client that cannot receive the trailer must not mistake the part for the whole.
        else if (!complete) http.Abort();
        return Results.Empty;
    }
}

internal sealed class ExportRoute;
