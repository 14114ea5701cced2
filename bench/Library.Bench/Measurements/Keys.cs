using System.Diagnostics;
using Library.Hosting.Messaging;
using Library.Testing.Hosts;
using RabbitMQ.Client;

namespace Library.Bench.Measurements;

/// <summary>What it costs to be asked for a key: two instances of the same service, one in mode ApiKey, one in mode None.</summary>
internal sealed class Keys : IMeasurement
{
    public string Name => "keys";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        await using var service = await bench.CreateServiceAsync();
        service["Library__Cache__Duration"] = "01:00:00";
        service["OTEL_SDK_DISABLED"] = "true";
        var (open, worker) = await service.StartAsync();
        var key = ("Authorization", "Bearer " + await MakeKeyAsync(service));
        service["Library__Auth__Mode"] = "ApiKey";
        // Measured is the check of a key; the count of requests is off on either side.
        service["Library__Limits__RequestsPerMinute"] = "0";
        var keyed = service.StartApi();
        await keyed.WhenReadyAsync();
        var path = $"/v1/authors/{await open.CreateAuthorAsync()}";
        var reads = await bench.CompareAsync(
            () => new Wrk(new Uri(keyed.Url, path), headers: key).RunAsync(bench.Load), () => new Wrk(new Uri(open.Url, path)).RunAsync(bench.Load));

        // Accepting needs no worker, which would take its part of the machine.
        worker.Kill();
        await using var connection = await new ConnectionFactory { Uri = service.RabbitMq }.CreateConnectionAsync();
        await using var queue = await connection.CreateChannelAsync();
        var script = Wrk.PostScript(Sample.AuthorJson);
        var commands = await bench.CompareAsync(() => PostAsync(keyed, key), () => PostAsync(open));
        return
        [
            new("cached GET with a key ÷ without", "requests/s", reads[0], reads[1], Goal.RatioAtLeast(0.95)),
            new("commands accepted with a key ÷ without", "commands/s", commands[0], commands[1], Goal.RatioAtLeast(0.97)),
        ];

        async Task<double> PostAsync(HostProcess api, params (string, string)[] headers)
        {
            var rate = await new Wrk(new Uri(api.Url, "/v1/authors"), script, headers).RunAsync(bench.Load);
            await queue.QueuePurgeAsync(CommandQueue.Name);
            return rate;
        }
    }

    private static async Task<string> MakeKeyAsync(LibraryService service)
    {
        var folder = HostProcess.Built("Library.Api");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(folder, "Library.Api.dll"), "--create-key", "bench", "--scopes", "catalog:read,catalog:write"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment = { ["Library__Postgres__ConnectionString"] = service.Postgres },
        })!;
        return (await process.StandardOutput.ReadToEndAsync()).Trim();
    }
}
