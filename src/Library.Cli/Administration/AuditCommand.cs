using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Library.Cli.Output;

namespace Library.Cli.Administration;

internal static class AuditCommand
{
    private const string Page = "v1/audit?limit=500";

    public static Command Create(ServiceOptions service)
    {
        var command = new Command("audit", "Hold the whole catalog against its own events; anything found is exit code 5.");
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, session => RunAsync(session, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, CancellationToken cancellation)
    {
        long resources = 0, operations = 0, found = 0;
        string? next = null;
        do
        {
            var json = await session.Client.GetAsync(next is null ? Page : $"{Page}&after={Uri.EscapeDataString(next)}", cancellation);
            using var document = JsonDocument.Parse(json);
            var page = document.RootElement;
            resources += page.GetProperty("resources").GetInt64();
            operations += page.GetProperty("operations").GetInt64();
            foreach (var kind in (string[])["lost", "duplicated", "drifted", "orphaned"]) found += page.GetProperty(kind).GetInt64();
            if (session.Json) session.Out.WriteLine(json);
            else if (page.GetProperty("offenders").EnumerateArray().Select(Row).ToArray() is { Length: > 0 } rows) Rows.Write(session.Terminal, ["kind", "resource", "id", "what"], rows);
            next = page.TryGetProperty("next", out var cursor) ? cursor.GetString() : null;
        }
        while (next is not null);

        if (!session.Json) session.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{resources} resources, {operations} operations, {found} findings"));
        return found == 0 ? ExitCodes.Ok : ExitCodes.Unsound;
    }

    private static string[] Row(JsonElement offender) =>
        [.. ((string[])["kind", "resource", "id", "what"]).Select(name => offender.TryGetProperty(name, out var value) ? value.ToString() : "")];
}
