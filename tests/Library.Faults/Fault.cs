using System.Globalization;
using System.Text;
using Library.Hosting.Messaging;
using Library.Testing;
using Library.Testing.Hosts;
using RabbitMQ.Client;

namespace Library.Faults;

/// <summary>Something that goes wrong while a load is running.</summary>
/// <param name="Histories">How many the long run plays.</param>
/// <param name="InjectAsync">Returns when the fault is over, or lasts while the service must recover: from then on the time to recover is taken.</param>
/// <param name="EndAsync">Ends what lasted, once the service has recovered.</param>
internal sealed partial record Fault(string Name, int Histories, Func<Cluster, Load, Random, Task> InjectAsync, Func<Cluster, Task>? EndAsync = null)
{
    /// <summary>It can be played only where small disks may be mounted.</summary>
    public bool NeedsSmallDisks { get; private init; }

    private static readonly string[] ApiPoints = ["after-parse", "before-publish", "before-confirm", "after-confirm"];

    private static readonly string[] WorkerPoints =
    [
        "before-load", "after-load", "before-commit", "after-commit", "before-acknowledge", "after-acknowledge", "before-relay-publish", "after-relay-publish",
        "before-position-stored", "after-position-stored", "mid-cascade", "mid-import", "after-dead-letter", "dead-letter-stored",
    ];

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("none", 5, (_, _, _) => Task.CompletedTask),
        new("kill -9 of an API", 30, (cluster, _, random) => Killed(cluster.Apis[random.Next(2)])),
        new("kill -9 of a worker", 50, (cluster, _, random) => Killed(cluster.Workers[random.Next(2)])),
        new("kill -9 of both workers", 15, (cluster, _, _) => Killed(cluster.Workers)),
        new("kill -9 of all four hosts", 10, (cluster, _, _) => Killed([.. cluster.Apis, .. cluster.Workers])),
        .. ApiPoints.Select(point => new Fault($"API kills itself {Words(point)}", 6, (cluster, _, random) => DiesAsync(cluster, random, cluster.ReplaceApi(1, At(point, random))))),
        .. WorkerPoints.Select(point => new Fault($"workers kill themselves {Words(point)}", 6, (cluster, _, random) =>
            DiesAsync(cluster, random, cluster.ReplaceWorker(0, At(point, random)), cluster.ReplaceWorker(1, At(point, random))))),
        new("SIGSTOP of the active worker, which comes back", 10, FreezeAsync, cluster =>
        {
            cluster.Workers[0].Thaw();
            return Task.CompletedTask;
        }),
        new("connections API–broker cut", 10, (cluster, _, random) => CutAsync(cluster.ApiToBroker, random)),
        new("connections API–Postgres cut", 10, (cluster, _, random) => CutAsync(cluster.ApiToPostgres, random)),
        new("connections worker–broker cut", 10, (cluster, _, random) => CutAsync(cluster.WorkerToBroker, random)),
        new("connections worker–Postgres cut", 10, (cluster, _, random) => CutAsync(cluster.WorkerToPostgres, random)),
        new("answers of Postgres to the workers lost, then cut", 10, async (cluster, _, random) =>
        {
            cluster.WorkerToPostgres.HoldAnswers();
            await Task.Delay(random.Next(20, 500));
            await CutAsync(cluster.WorkerToPostgres, random);
        }),
        new("confirms of the broker to the APIs lost, then cut", 10, async (cluster, _, random) =>
        {
            cluster.ApiToBroker.HoldAnswers();
            await Task.Delay(random.Next(20, 500));
            await CutAsync(cluster.ApiToBroker, random);
        }),
        new("API–broker a black hole", 10, (cluster, _, random) => HoldAsync(cluster.ApiToBroker, random)),
        new("worker–broker a black hole", 10, (cluster, _, random) => HoldAsync(cluster.WorkerToBroker, random)),
        new("worker–Postgres a black hole", 10, (cluster, _, random) => HoldAsync(cluster.WorkerToPostgres, random)),
        new("all connections slow", 10, SlowAsync),
        new("broker killed and started", 10, (cluster, _, _) => RestartAsync(cluster, ["rabbitmq"])),
        new("Postgres killed and started", 10, (cluster, _, _) => RestartAsync(cluster, ["postgres"])),
        new("both killed, broker started first", 10, (cluster, _, _) => RestartAsync(cluster, ["rabbitmq", "postgres"])),
        new("both killed, Postgres started first", 10, (cluster, _, _) => RestartAsync(cluster, ["postgres", "rabbitmq"])),
        new("poison messages", 10, (cluster, _, _) => PoisonAsync(cluster)),
        new("every command delivered three times, out of order", 10, DuplicateAsync),
        new("every event published three times, out of order", 10, DuplicateEventsAsync),
        new("command queue deleted while it was empty", 10, DeleteQueueAsync),
        new("command queue deleted and declared anew at once", 10, RenewQueueAsync),
        new("memory alarm of the broker", 10, AlarmAsync),
        new("disk of the broker full", 10, FillBrokerAsync) { NeedsSmallDisks = true },
        new("disk of Postgres full", 10, FillPostgresAsync) { NeedsSmallDisks = true },
    ];

    private static string Words(string point) => point.Replace('-', ' ');

    private static string At(string point, Random random) => string.Create(CultureInfo.InvariantCulture, $"{point}:{random.Next(1, 4)}");

    private static Task Killed(params HostProcess[] hosts)
    {
        foreach (var host in hosts) host.Kill();
        return Task.CompletedTask;
    }

    private static async Task DiesAsync(Cluster cluster, Random random, params HostProcess[] armed)
    {
        await Eventually.HoldsAsync(
            async () =>
            {
                if (armed.Any(host => !host.IsRunning)) return true;
                // Some points are passed only when a message is dead-lettered, or a file is loaded.
                await PoisonAsync(cluster);
                await new ImportLoad(cluster, random.NextInt64()).SendAsync();
                return false;
            },
            "an armed host has killed itself");
    }

    private static async Task FreezeAsync(Cluster cluster, Load load, Random random)
    {
        // The one that stays is then the active one.
        await cluster.ReplaceWorker(1).WhenReadyAsync();
        cluster.Workers[0].Freeze();
    }

    private static async Task CutAsync(Link link, Random random)
    {
        link.Cut();
        await Task.Delay(random.Next(2_000));
        link.Mend();
    }

    private static async Task HoldAsync(Link link, Random random)
    {
        link.Hold();
        await Task.Delay(random.Next(3_000, 15_000));
        link.Mend();
    }

    private static async Task RestartAsync(Cluster cluster, string[] servers)
    {
        foreach (var server in servers) cluster.Servers.Kill(server);
        foreach (var server in servers) await cluster.Servers.StartAsync(server);
    }

    private static async Task PoisonAsync(Cluster cluster)
    {
        await using var connection = await cluster.Service.ConnectToBrokerAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var body in (string[])["no JSON", "{}", """{ "message": { "kind": "BurnAuthor" } }""", $$"""{ "unique": "{{Guid.CreateVersion7()}}" }"""])
            await channel.BasicPublishAsync(CommandQueue.Name, "", mandatory: false, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(body));
    }
}
