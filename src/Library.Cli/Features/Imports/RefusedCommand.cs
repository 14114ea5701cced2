using System.CommandLine;
using System.Text.Json;
using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Features.Imports;

internal static class RefusedCommand
{
    public static Command Create(ServiceOptions service)
    {
        var id = IdArgument.Create("The import.");
        var records = new Option<bool>("--records") { Description = "Print only the records, as they were sent: mend them and import just those again." };
        var command = new Command("refused", "Show the records that an import refused, and why.") { id, records };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, session => ShowAsync(session, parsed.GetRequiredValue(id)!.Value, parsed.GetValue(records), cancellation)));
        return command;
    }

    private static async Task<int> ShowAsync(Session session, Guid id, bool records, CancellationToken cancellation)
    {
        using var lines = new StreamReader(await session.Client.OpenAsync($"v1/imports/{id}/refused", cancellation));
        while (await lines.ReadLineAsync(cancellation) is { } line) session.Out.WriteLine(session.Json && !records ? line : Text(line, records));
        return ExitCodes.Ok;
    }

    private static string Text(string line, bool records)
    {
        using var document = JsonDocument.Parse(line);
        var record = document.RootElement.GetProperty("record");
        if (!records) return $"line {document.RootElement.GetProperty("line")}: {Refusal.Read(document.RootElement.GetProperty("problem"))}";
        // What was no JSON comes as a text.
        return record.ValueKind == JsonValueKind.String ? record.GetString()! : record.GetRawText();
    }
}
