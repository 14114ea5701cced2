using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Compression;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Api.Features.Imports;

internal static class GetRefusedRecordsEndpoint
{
    private const int ChunkBytes = 64 * 1024;

    private const string Sql = "select line, problem::text, record from import_records where import = $1 and problem is not null order by line";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/imports/{id:guid}/refused", HandleAsync)
        .WithName("GetRefusedRecords")
        .WithSummary("The records that an import refused")
        .WithDescription("NDJSON, a line each, in the file's order: line, problem, and record as it was sent (a row of CSV as the JSON that it stands for; what is no JSON as a text; of what is too large, the beginning). Mend them and send just those again.")
        .Produces<string>(StatusCodes.Status200OK, MediaTypes.NdJson)
        .Answers([MediaTypes.NdJson])
        .Refuses(404, 410, 503);

    private static async Task<IResult> HandleAsync([Description("The import's id.")] Guid id, HttpContext http, ImportReader reader, Transfers transfers, Callers callers, NpgsqlDataSource postgres, IOptions<ImportOptions> options, TimeProvider time, ILogger<Transfers> log)
    {
        using var place = transfers.Begin(http);
        if (await reader.FindAsync(id, callers.Of(http), http.RequestAborted) is not { } import) return new ProblemResult(Problems.NotFound("import", id));
        if (import.Total is not null && !await reader.HasRecordsAsync(id, http.RequestAborted)) return new ProblemResult(Problems.RecordsGone(id));
        http.Response.ContentType = MediaTypes.NdJson;
        http.Response.Headers.CacheControl = "no-store";
        var answer = CompressedAnswer.Open(http);
        if (HttpMethods.IsHead(http.Request.Method)) return Results.Empty;
        await using var command = postgres.CreateCommand(Sql);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        var pace = new TransferPace(http, answer.Writer, options.Value.MinRate, time, log);
        await using var row = await command.ExecuteReaderAsync(http.RequestAborted);
        await using var json = new Utf8JsonWriter(answer.Writer, new JsonWriterOptions { Encoder = ResponseJson.Options.Encoder });
        while (await row.ReadAsync(http.RequestAborted))
        {
            json.WriteStartObject();
            json.WriteNumber("line", row.GetInt64(0));
            json.WritePropertyName("problem");
            json.WriteRawValue(row.GetString(1));
            json.WritePropertyName("record");
            WriteRecord(json, row.GetFieldValue<byte[]>(2));
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            answer.Writer.Write("\n"u8);
            if (answer.Writer.UnflushedBytes >= ChunkBytes) await pace.FlushAsync(http.RequestAborted);
        }

        await pace.FlushAsync(http.RequestAborted);
        await answer.CompleteAsync(http.RequestAborted);
        return Results.Empty;
    }

    private static void WriteRecord(Utf8JsonWriter json, byte[] record)
    {
        if (IsJson(record)) json.WriteRawValue(record, skipInputValidation: true);
        else json.WriteStringValue(Encoding.UTF8.GetString(record));
    }

    private static bool IsJson(ReadOnlySpan<byte> record)
    {
        try
        {
            var reader = new Utf8JsonReader(record);
            while (reader.Read()) { }
            return System.Text.Unicode.Utf8.IsValid(record);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
