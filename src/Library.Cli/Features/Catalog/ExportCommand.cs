using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Library.Cli.Infrastructure.CommandLine;

namespace Library.Cli.Features.Catalog;

internal static class ExportCommand
{
    public static Command Create(ServiceOptions service)
    {
        var type = new Option<string?>("--type") { Description = "Only authors, or only books." }.AcceptOnlyFromAmong(ResourceArgument.Author, ResourceArgument.Book);
        var format = new Option<string?>("--format") { Description = "Default: by the file's name, else ndjson." }.AcceptOnlyFromAmong("ndjson", "csv");
        var output = new Option<string?>("--output", "-o") { Description = "File to write; it appears when it is complete. Default: standard output." };
        var command = new Command("export", "Write the whole catalog, in the format of imports.") { type, format, output };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, session =>
            ExportAsync(session, parsed.GetValue(type), parsed.GetValue(format), parsed.GetValue(output), cancellation)));
        return command;
    }

    private static async Task<int> ExportAsync(Session session, string? type, string? format, string? file, CancellationToken cancellation)
    {
        format ??= file?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true ? "csv" : "ndjson";
        await using var export = await session.Client.OpenAsync($"v1/export?format={format}{(type is null ? "" : $"&type={type}")}", cancellation);
        if (file is null) await export.CopyToAsync(session.Terminal.Bytes, cancellation);
        else Tell(session, file, await WriteAsync(export, file, cancellation));
        return ExitCodes.Ok;
    }

    /// <summary>Written under another name until it is complete: a partial export must not look like a complete one.</summary>
    private static async Task<long> WriteAsync(Stream export, string file, CancellationToken cancellation)
    {
        var unfinished = file + ".part";
        try
        {
            long bytes;
            await using (var target = File.Create(unfinished))
            {
                await export.CopyToAsync(target, cancellation);
                bytes = target.Length;
            }

            File.Move(unfinished, file, overwrite: true);
            return bytes;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    private static void Tell(Session session, string file, long bytes) => session.Out.WriteLine(session.Json
        ? JsonSerializer.Serialize(new { file, bytes })
        : string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes in {file}"));
}
