using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Output;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Features.Administration;

internal static class KeysCommand
{
    private static readonly string[] Columns = ["id", "prefix", "name", "scopes", "lastUsedAt", "expiresAt", "revokedAt"];

    public static Command Create(ServiceOptions service) =>
        new("keys", "Make, list and revoke API keys; keep one for this command line.") { Make(service), List(service), Revoke(service), Save(service) };

    private static Command Make(ServiceOptions service)
    {
        var name = new Argument<string>("name") { Description = "The caller that it speaks for." };
        var scopes = new Option<string[]>("--scopes")
        {
            HelpName = "scope",
            Description = "What it may do: catalog:read, catalog:write, imports:write, events:read, webhooks:write, admin; several after one another.",
            AllowMultipleArgumentsPerToken = true,
            Required = true,
        };
        var expires = new Option<string?>("--expires") { HelpName = "time", Description = "When it ends, like 2031-01-31T12:00:00Z. Default: not by itself." };
        var command = new Command("create", "Make a key. It is printed this once, alone on standard output.") { name, scopes, expires };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, async session =>
        {
            var body = new JsonObject { ["name"] = parsed.GetRequiredValue(name), ["scopes"] = new JsonArray([.. parsed.GetRequiredValue(scopes).SelectMany(scope => scope.Split(',')).Select(scope => JsonValue.Create(scope))]) };
            if (parsed.GetValue(expires) is { } end) body["expiresAt"] = end;
            var answer = await session.Client.PostAsync("v1/api-keys", body.ToJsonString(), cancellation);
            using var json = JsonDocument.Parse(answer);
            session.Out.WriteLine(session.Json ? answer : json.RootElement.GetProperty("key").GetString());
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command List(ServiceOptions service)
    {
        var limit = Pages.Limit();
        var command = new Command("list", "List keys, newest first.") { limit };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, async session =>
        {
            var items = await Pages.ReadAsync(session.Client, "v1/api-keys", parsed.GetValue(limit), cancellation);
            if (session.Json) items.ForEach(session.Out.WriteLine);
            else Rows.Write(session.Terminal, Columns, [.. items.Select(Row)]);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Revoke(ServiceOptions service)
    {
        var id = IdArgument.Create("The key's id, as list shows it.");
        var command = new Command("revoke", "Revoke a key: it ends within five seconds, for good.") { id };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, async session =>
        {
            await session.Client.DeleteAsync($"v1/api-keys/{parsed.GetRequiredValue(id)}", cancellation);
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static Command Save(ServiceOptions service)
    {
        var command = new Command("save", "Keep the key on standard input, and the address that is given, in the config file, for its owner alone.");
        command.SetAction((parsed, cancellation) => service.SaveAsync(parsed, cancellation));
        return command;
    }

    private static string[] Row(string item)
    {
        using var json = JsonDocument.Parse(item);
        return [.. Columns.Select(name => json.RootElement.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.Array ? string.Join(' ', value.EnumerateArray()) : value.ToString() : "")];
    }
}
