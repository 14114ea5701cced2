using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Output;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Features.Events;

internal static class TailCommand
{
    public static Command Create(ServiceOptions service)
    {
        var after = PositionOption.Create("--after", "Begin behind this position; 0: at the first event. Default: from now on.");
        var types = new Option<string[]>("--types") { Description = "Only these events, such as AuthorCreated,BookDeleted.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("tail", "Follow the catalog's events, without gap or repeat, through broken connections, until Ctrl-C.") { after, types };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, session => FollowAsync(session, parsed.GetValue(after), parsed.GetValue(types) ?? [], cancellation)));
        return command;
    }

    private static async Task<int> FollowAsync(Session session, long? after, string[] types, CancellationToken cancellation)
    {
        var path = types.Length == 0 ? "v1/events" : "v1/events?types=" + Uri.EscapeDataString(string.Join(',', types));
        var position = after?.ToString(CultureInfo.InvariantCulture);
        var patience = new Patience(session.Patience);
        while (true)
        {
            try
            {
                (string, string)[] headers = position is null ? [("Accept", "text/event-stream")] : [("Accept", "text/event-stream"), ("Last-Event-ID", position)];
                await using var stream = await session.Client.OpenAsync(path, cancellation, headers);
                patience.Heard();
                await foreach (var message in ServerSentEvents.ReadAsync(stream, cancellation))
                {
                    if (message.Data is not null) session.Out.WriteLine(session.Json ? message.Data : Line(message));
                    position = message.Id ?? position;
                }

                throw ServiceAwayException.Ended(session.Client.Url);
            }
            catch (ServiceAwayException away)
            {
                await patience.WaitAsync(away, cancellation);
                session.Terminal.Error.WriteLine(position is null ? away.Message : $"{away.Message} To be resumed after {position}.");
            }
        }
    }

    /// <summary>Position, time, type, subject and what it is called.</summary>
    private static string Line(ServerSentEvent message)
    {
        using var json = JsonDocument.Parse(message.Data!);
        var root = json.RootElement;
        return Plain.Text($"{message.Id} {Text(root, "time")} {message.Type,-15} {Text(root, "subject")} {Name(root)}").TrimEnd();
    }

    private static string Name(JsonElement root)
    {
        if (!root.TryGetProperty("data", out var data)) return "";
        if (data.TryGetProperty("author", out var author)) return Text(author, "name");
        return data.TryGetProperty("book", out var book) ? Text(book, "title") : "";
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
