using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Library.Cli.Infrastructure.CommandLine;

namespace Library.Cli.Features.Operations;

internal static class OperationCommand
{
    /// <summary>Seconds that the service waits in one request at most.</summary>
    private const int LongestWait = 30;

    public static Command Create(ServiceOptions service)
    {
        var id = IdArgument.Create("The operation, as in Operation-Location.");
        var wait = new Option<int>("--wait") { HelpName = "seconds", Description = "How long to wait for its outcome; none in time is exit code 3." };
        wait.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0) result.AddError("--wait must be at least 0.");
        });
        var command = new Command("operation", "Show what became of a command.") { id, wait };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, session => ShowAsync(session, parsed.GetRequiredValue(id)!.Value, parsed.GetValue(wait), cancellation)));
        return command;
    }

    private static async Task<int> ShowAsync(Session session, Guid id, int wait, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        string json, status;
        int left;
        do
        {
            left = wait - (int)Stopwatch.GetElapsedTime(started).TotalSeconds;
            json = left > 0
                ? await session.Client.GetAsync($"v1/operations/{id}", cancellation, ("Prefer", string.Create(CultureInfo.InvariantCulture, $"wait={Math.Min(left, LongestWait)}")))
                : await session.Client.GetAsync($"v1/operations/{id}", cancellation);
            status = Status(json);
        }
        while (status == "pending" && left > 0);

        session.Show(json);
        return status switch
        {
            "refused" => ExitCodes.Refused,
            "pending" when wait > 0 => ExitCodes.Away,
            _ => ExitCodes.Ok,
        };
    }

    private static string Status(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("status").GetString()!;
    }
}
