using System.Diagnostics;
using Library.Contracts.Commands;
using Library.Hosting.Messaging;
using Library.Testing.Hosts;
using Npgsql;
using RabbitMQ.Client;

namespace Library.Bench.Measurements;

/// <summary>
/// Commands applied from a full queue, exactly once, with events, documents, rows and outcomes, while the relay publishes the events.
/// Beside it: taking the same messages off the same kind of queue and acknowledging them; and inserting the same final rows by multi-row
/// statements, a transaction for as many commands as the writer takes in one.
/// </summary>
internal sealed class AppliedCommands : IMeasurement
{
    private const int BatchSize = 500;

    public string Name => "applied";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        var count = bench.Quick ? 5_000 : 20_000;
        var mix = new CommandMix();
        await using var service = await bench.CreateServiceAsync();
        var (_, worker) = await service.StartAsync();
        await using var feed = await CommandFeed.StartAsync(service.RabbitMq);

        var vhost = await bench.Servers.CreateVhostAsync();
        await using var twinFeed = await CommandFeed.StartAsync(vhost);
        // The same tables and indexes, without a service.
        await using var tables = await bench.CreateServiceAsync();
        var migrating = tables.StartWorker();
        await migrating.WhenReadyAsync();
        await migrating.StopAsync();
        await using var inserting = await OpenPreparingAsync(tables.Postgres);

        var before = 0L;
        var sides = await bench.CompareAsync(
            async () =>
            {
                var commands = mix.Next(count);
                before = await PositionAsync(service);
                worker.Freeze();
                await feed.PublishAsync(commands);
                var start = Stopwatch.GetTimestamp();
                worker.Thaw();
                await UntilAppliedAsync(service, commands);
                var rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
                await CheckAsync(service, before, count);
                return rate;
            },
            async () =>
            {
                await twinFeed.PublishAsync(mix.Next(count));
                return count / (await ConsumeAsync(vhost, count)).TotalSeconds;
            },
            async () =>
            {
                var rows = await FinalRows.ReadAsync(service.Postgres, before, count, BatchSize);
                var start = Stopwatch.GetTimestamp();
                await rows.InsertAsync(inserting);
                return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
            });
        return
        [
            new("commands applied from a full queue ÷ raw consume + acknowledge", "commands/s", sides[0], sides[1], Goal.RatioAtLeast(0.30)),
            new("commands applied from a full queue ÷ multi-row INSERT of the same final rows", "commands/s", sides[0], sides[2], Goal.RatioAtLeast(0.55)),
        ];
    }

    private static async Task<TimeSpan> ConsumeAsync(Uri vhost, int count)
    {
        await using var connection = await new ConnectionFactory { Uri = vhost }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicQosAsync(0, 2 * BatchSize, global: false);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var received = 0;
        var start = Stopwatch.GetTimestamp();
        await channel.ConsumeAsync(CommandQueue.Name, autoAck: false, async message =>
        {
            if (++received % BatchSize != 0 && received != count) return;
            await channel.BasicAckAsync(message.DeliveryTag, multiple: true);
            if (received == count) all.SetResult();
        });
        await all.Task;
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task UntilAppliedAsync(LibraryService service, CatalogCommand[] commands)
    {
        await using var connection = await OpenPreparingAsync(service.Postgres);
        await using var find = new NpgsqlCommand("select exists (select from operations where id = $1)", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = commands[^1].OperationId } },
        };
        while (!(bool)(await find.ExecuteScalarAsync())!) await Task.Delay(2);
    }

    /// <summary>All of them, each once, and none refused.</summary>
    private static async Task CheckAsync(LibraryService service, long after, int count)
    {
        var applied = await service.ScalarAsync<long>($"select count(*) from operations o join mt_events e on e.seq_id = o.position where o.position > {after} and o.effect = 'created'");
        if (applied != count) throw new InvalidOperationException($"Of {count} commands {applied} were applied.");
    }

    private static Task<long> PositionAsync(LibraryService service) => service.ScalarAsync<long>("select coalesce(max(seq_id), 0) from mt_events");

    private static async Task<NpgsqlConnection> OpenPreparingAsync(string postgres)
    {
        var connection = new NpgsqlConnection(postgres + ";Search Path=library;Max Auto Prepare=50;Auto Prepare Min Usages=2;Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}
