using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;

namespace Library.Bench.Twins;

/// <summary>
/// Reads pages of books by statements written by hand for the very values of each, planned once, and writes the JSON that the service writes. Its
/// cursors are given to it.
/// </summary>
internal static class ListTwin
{
    private const int PageSize = 50;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Map(WebApplication app)
    {
        var settings = new NpgsqlConnectionStringBuilder(app.Configuration["Postgres"]!)
        {
            SearchPath = "library",
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            // As the service has them: without, it is the twin that would be slow.
            Options = "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=32MB",
        };
        var postgres = NpgsqlDataSource.Create(settings);
        foreach (var page in app.Configuration.GetSection("Pages").GetChildren())
        {
            var (sql, next) = (page["Sql"]!, page["Next"]);
            app.MapGet(page["Path"]!, (RequestDelegate)(async context =>
            {
                await using var command = postgres.CreateCommand(sql);
                await using var rows = await command.ExecuteReaderAsync();
                var body = await WriteAsync(rows, next);
                var response = context.Response;
                response.ContentType = "application/json";
                response.ContentLength = body.Length;
                await response.BodyWriter.WriteAsync(body);
            }));
        }
    }

    private static async Task<ReadOnlyMemory<byte>> WriteAsync(NpgsqlDataReader rows, string? next)
    {
        var body = new ArrayBufferWriter<byte>(32 * 1024);
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteStartArray("items"u8);
        for (var written = 0; written < PageSize && await rows.ReadAsync(); written++) Write(json, rows);
        json.WriteEndArray();
        if (!string.IsNullOrEmpty(next)) json.WriteString("next"u8, next);
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, NpgsqlDataReader row)
    {
        var state = row.GetFieldValue<byte[]>(0);
        var item = new ArrayBufferWriter<byte>(state.Length + 32);
        item.Write(state.AsSpan(0, state.Length - 1));
        item.Write(",\"version\":"u8);
        System.Buffers.Text.Utf8Formatter.TryFormat(row.GetInt32(1), item.GetSpan(16), out var length);
        item.Advance(length);
        item.Write("}"u8);
        json.WriteRawValue(item.WrittenSpan, skipInputValidation: true);
    }
}
