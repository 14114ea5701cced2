using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Output;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Features.Administration;

internal static class AuditCommand
{
    public static Command Create(ServiceOptions service)
    {
        var since = PositionOption.Create("--since", "Only what has changed behind this position: the one that the run before ended with. Default: everything.");
        var command = new Command("audit", "Hold the catalog against its own events; anything found is exit code 5. Ends with the position to give as --since next time.") { since };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, session => RunAsync(session, parsed.GetValue(since), cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, long? since, CancellationToken cancellation)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"v1/audit?limit=500{(since is null ? "" : $"&since={since}")}");
        var patience = new Patience(session.Patience);
        long resources = 0, operations = 0, found = 0;
        for (string? next = null; ;)
        {
            var json = await ReadAsync(session, next is null ? first : $"{first}&after={Uri.EscapeDataString(next)}", patience, cancellation);
            using var document = JsonDocument.Parse(json);
            var page = document.RootElement;
            resources += page.GetProperty("resources").GetInt64();
            operations += page.GetProperty("operations").GetInt64();
            foreach (var kind in (string[])["lost", "duplicated", "drifted", "orphaned"]) found += page.GetProperty(kind).GetInt64();
            if (session.Json) session.Out.WriteLine(json);
            else if (page.GetProperty("offenders").EnumerateArray().Select(Row).ToArray() is { Length: > 0 } rows) Rows.Write(session.Terminal, ["kind", "resource", "id", "what"], rows);
            if (page.TryGetProperty("next", out var cursor))
            {
                next = cursor.GetString();
                continue;
            }

            if (!session.Json) session.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{resources} resources, {operations} operations, {found} findings, up to position {page.GetProperty("position")}"));
            return found == 0 ? ExitCodes.Ok : ExitCodes.Unsound;
        }
    }

    /// <summary>A run that takes hours must not fail because the service was busy during one page.</summary>
    private static async Task<string> ReadAsync(Session session, string path, Patience patience, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var json = await session.Client.GetAsync(path, cancellation);
                patience.Heard();
                return json;
            }
            catch (ServiceAwayException away)
            {
                await patience.WaitAsync(away, cancellation);
            }
        }
    }

    private static string[] Row(JsonElement offender) =>
        [.. ((string[])["kind", "resource", "id", "what"]).Select(name => offender.TryGetProperty(name, out var value) ? value.ToString() : "")];
}
