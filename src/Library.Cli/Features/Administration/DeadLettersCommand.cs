using System.CommandLine;
using System.Text.Json;
using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Output;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Features.Administration;

internal static class DeadLettersCommand
{
    public static Command Create(ServiceOptions service)
    {
        var id = IdArgument.Create("The dead letter; without it: a list.", isOptional: true);
        var verb = new Argument<string?>("action") { Description = "What to do with it.", Arity = ArgumentArity.ZeroOrOne }.AcceptOnlyFromAmong("replay", "discard");
        var limit = Pages.Limit();
        var command = new Command("dead-letters", "List messages that were dead-lettered, or replay or discard one.") { id, verb, limit };
        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is not null && result.GetValue(verb) is null) result.AddError("Say what to do with it: replay or discard.");
        });
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, session => (parsed.GetValue(id), parsed.GetValue(verb)) switch
        {
            ({ } letter, "replay") => ReplayAsync(session, letter, cancellation),
            ({ } letter, _) => DiscardAsync(session, letter, cancellation),
            _ => ListAsync(session, parsed.GetValue(limit), cancellation),
        }));
        return command;
    }

    /// <summary>Shows the new operation.</summary>
    private static async Task<int> ReplayAsync(Session session, Guid id, CancellationToken cancellation)
    {
        session.Show(await session.Client.PostAsync($"v1/dead-letters/{id}/replay", cancellation));
        return ExitCodes.Ok;
    }

    private static async Task<int> DiscardAsync(Session session, Guid id, CancellationToken cancellation)
    {
        await session.Client.DeleteAsync($"v1/dead-letters/{id}", cancellation);
        return ExitCodes.Ok;
    }

    private static async Task<int> ListAsync(Session session, int limit, CancellationToken cancellation)
    {
        var items = await Pages.ReadAsync(session.Client, "v1/dead-letters", limit, cancellation);
        if (session.Json) items.ForEach(session.Out.WriteLine);
        else Rows.Write(session.Terminal, ["id", "received", "operation", "reason"], [.. items.Select(Row)]);
        return ExitCodes.Ok;
    }

    private static string[] Row(string item)
    {
        using var json = JsonDocument.Parse(item);
        return [.. ((string[])["id", "receivedAt", "operationId", "reason"]).Select(name => json.RootElement.TryGetProperty(name, out var value) ? value.ToString() : "")];
    }
}
