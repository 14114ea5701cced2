using System.Buffers;
using System.Text;
using System.Threading.Channels;
using Npgsql;

namespace Library.Bench.Twins;

/// <summary>Sends what Postgres notifies of to whoever listens, as Server-Sent Events.</summary>
internal static class FeedTwin
{
    public static void Map(WebApplication app)
    {
        var postgres = NpgsqlDataSource.Create(app.Configuration["Postgres"]!);
        var channel = app.Configuration["Channel"]!;
        app.MapGet("/v1/events", (RequestDelegate)(async context =>
        {
            var messages = Channel.CreateUnbounded<string>();
            await using var connection = await postgres.OpenConnectionAsync();
            connection.Notification += (_, notification) => messages.Writer.TryWrite(notification.Payload);
            await using (var listen = new NpgsqlCommand($"listen {channel}", connection)) await listen.ExecuteNonQueryAsync();
            _ = WaitAsync(connection, context.RequestAborted);
            context.Response.ContentType = "text/event-stream";
            context.Response.BodyWriter.Write(":\n\n"u8);
            await context.Response.BodyWriter.FlushAsync();
            await foreach (var message in messages.Reader.ReadAllAsync(context.RequestAborted))
            {
                Encoding.UTF8.GetBytes($"data: {message}\n\n", context.Response.BodyWriter);
                await context.Response.BodyWriter.FlushAsync();
            }
        }));
    }

    private static async Task WaitAsync(NpgsqlConnection connection, CancellationToken gone)
    {
        while (!gone.IsCancellationRequested) await connection.WaitAsync(gone);
    }
}
