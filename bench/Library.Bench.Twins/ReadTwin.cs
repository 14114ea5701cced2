using System.Buffers;
using Npgsql;

namespace Library.Bench.Twins;

/// <summary>Reads an author by a prepared statement and writes the JSON that the service writes.</summary>
internal static class ReadTwin
{
    private const string Sql = "select state, version from authors where id = $1 and deleted_at_position is null";

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
            response.Headers.ETag = $"\"{row.GetInt32(1)}\"";
            response.Headers.CacheControl = "private, max-age=0, must-revalidate";
            var body = Write(row);
            response.ContentLength = body.Length;
            await response.BodyWriter.WriteAsync(body);
        }));
    }

    /// <summary>The stored state with the version behind it.</summary>
    private static ReadOnlyMemory<byte> Write(NpgsqlDataReader row)
    {
        var state = row.GetFieldValue<byte[]>(0);
        var body = new System.Buffers.ArrayBufferWriter<byte>(state.Length + 32);
        body.Write(state.AsSpan(0, state.Length - 1));
        body.Write(",\"version\":"u8);
        System.Buffers.Text.Utf8Formatter.TryFormat(row.GetInt32(1), body.GetSpan(16), out var length);
        body.Advance(length);
        body.Write("}"u8);
        return body.WrittenMemory;
    }
}
