using System.Text.Json;
using Npgsql;

namespace Library.Bench.Twins;

/// <summary>Reads an author by a prepared statement and writes the JSON that the service writes.</summary>
internal static class ReadTwin
{
    private const string Sql = "select id, name, bio, birth_date, version from authors where id = $1 and deleted_at_position is null";

    public static void Map(WebApplication app)
    {
        var settings = new NpgsqlConnectionStringBuilder(app.Configuration["Postgres"]!)
        {
            SearchPath = "library",
            MaxAutoPrepare = 10,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
        };
        var postgres = NpgsqlDataSource.Create(settings);
        app.MapGet("/v1/authors/{id:guid}", (RequestDelegate)(async context =>
        {
            await using var command = postgres.CreateCommand(Sql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.Parse((string)context.Request.RouteValues["id"]!) });
            await using var row = await command.ExecuteReaderAsync();
            var response = context.Response;
            if (!await row.ReadAsync())
            {
                response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            response.ContentType = "application/json";
            response.Headers["Cache-Status"] = "library; fwd=miss";
            response.Headers.ETag = $"\"{row.GetInt32(4)}\"";
            response.Headers.CacheControl = "private, max-age=0, must-revalidate";
            var body = Write(row);
            response.ContentLength = body.Length;
            await response.BodyWriter.WriteAsync(body);
        }));
    }

    private static ReadOnlyMemory<byte> Write(NpgsqlDataReader row)
    {
        var body = new System.Buffers.ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("id"u8, row.GetGuid(0));
        json.WriteString("name"u8, row.GetString(1));
        if (!row.IsDBNull(2)) json.WriteString("bio"u8, row.GetString(2));
        if (!row.IsDBNull(3)) json.WriteString("birthDate"u8, row.GetFieldValue<DateOnly>(3).ToString("O"));
        json.WriteNumber("version"u8, row.GetInt32(4));
        json.WriteEndObject();
        json.Flush();
        return body.WrittenMemory;
    }
}
