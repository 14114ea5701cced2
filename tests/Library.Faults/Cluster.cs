using System.Net;
using Library.EndToEnd;
using Library.Testing;
using Library.Testing.Hosts;
using Npgsql;

namespace Library.Faults;

/// <summary>Two APIs and two workers around a broker and a database of their own; every process and every connection may be broken.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private readonly HashSet<HostProcess> _armed = [];

    private Cluster(PrivateServers servers)
    {
        Servers = servers;
        Service = new LibraryService(servers.Postgres, servers.RabbitMq);
        var database = new NpgsqlConnectionStringBuilder(servers.Postgres);
        ApiToPostgres = new Link(database.Host!, database.Port);
        WorkerToPostgres = new Link(database.Host!, database.Port);
        ApiToBroker = new Link(servers.RabbitMq.Host, servers.RabbitMq.Port);
        WorkerToBroker = new Link(servers.RabbitMq.Host, servers.RabbitMq.Port);
    }

    public PrivateServers Servers { get; }

    public LibraryService Service { get; }

    public Link ApiToPostgres { get; }

    public Link ApiToBroker { get; }

    public Link WorkerToPostgres { get; }

    public Link WorkerToBroker { get; }

    public HostProcess[] Apis { get; } = new HostProcess[2];

    public HostProcess[] Workers { get; } = new HostProcess[2];

    public Subscriber Subscriber { get; private set; } = null!;

    /// <summary>The last lines of each host.</summary>
    public IEnumerable<string> Outputs => Apis.Concat(Workers).Select(host => $"{host.Url}:\n{host.Output}");

    public IReadOnlyList<Link> Links => [ApiToPostgres, ApiToBroker, WorkerToPostgres, WorkerToBroker];

    public static async Task<Cluster> StartAsync()
    {
        var cluster = new Cluster(await PrivateServers.StartAsync(smallDisks: true));
        cluster.Subscriber = await Subscriber.StartAsync(cluster.Servers.RabbitMq);
        await cluster.RepairAsync();
        return cluster;
    }

    /// <summary>Mends every link, starts a process in the place of each that is gone or was to kill itself, and waits until all are ready.</summary>
    public async Task RepairAsync()
    {
        foreach (var link in Links) link.Mend();
        for (var i = 0; i < 2; i++)
        {
            if (IsUnfit(Workers[i])) ReplaceWorker(i);
            if (IsUnfit(Apis[i])) ReplaceApi(i);
        }

        await Task.WhenAll(Apis.Concat(Workers).Select(host => host.WhenReadyAsync()));
    }

    /// <summary>Kills a worker and starts another in its place.</summary>
    /// <param name="crashAt">Where it is to kill itself; null: nowhere.</param>
    public HostProcess ReplaceWorker(int index, string? crashAt = null) =>
        Workers[index] = Replace(Workers[index], Service.StartWorker, WorkerToPostgres, WorkerToBroker, crashAt);

    /// <summary>Kills an API and starts another in its place.</summary>
    /// <param name="crashAt">Where it is to kill itself; null: nowhere.</param>
    public HostProcess ReplaceApi(int index, string? crashAt = null) =>
        Apis[index] = Replace(Apis[index], Service.StartApi, ApiToPostgres, ApiToBroker, crashAt);

    /// <summary>Returns when a command is applied that is sent now, and again until it is.</summary>
    public async Task AppliesAsync(Guid probe) => await Eventually.HoldsAsync(
        async () =>
        {
            foreach (var api in Apis.Where(api => api.IsRunning))
            {
                var answer = await Answers.OrNullAsync(() => api.SendAsync(HttpMethod.Put, $"/v1/authors/{probe}", new { name = "Probe" }, ("Prefer", "wait=1")));
                if (answer?.Status is HttpStatusCode.OK or HttpStatusCode.Created) return true;
            }

            return false;
        },
        "a command is applied");

    /// <summary>Whether cascades and imports are through, also those that a fault has sent, and every event is relayed and has arrived.</summary>
    public async Task<bool> IsQuietAsync()
    {
        var last = await Service.ScalarAsync<long?>("""
            select coalesce((select max(seq_id) from mt_events), 0) where not exists (select from authors where deleted_at_position is not null)
              and not exists (select from author_restorations) and not exists (select from imports where status = 'running')
              and (select position from relay_position) = coalesce((select max(seq_id) from mt_events), 0)
            """);
        return last is not null && Subscriber.LastPosition == last;
    }

    public async ValueTask DisposeAsync()
    {
        await Subscriber.DisposeAsync();
        await Service.DisposeAsync();
        foreach (var link in Links) await link.DisposeAsync();
        await Servers.DisposeAsync();
    }

    private bool IsUnfit(HostProcess? host) => host is not { IsRunning: true } || _armed.Contains(host);

    private HostProcess Replace(HostProcess? old, Func<HostProcess> start, Link postgres, Link broker, string? crashAt)
    {
        if (old is { IsRunning: true }) old.Kill();
        Service["Library__Postgres__ConnectionString"] = new NpgsqlConnectionStringBuilder(Servers.Postgres) { Host = "127.0.0.1", Port = postgres.Port }.ConnectionString;
        Service["Library__RabbitMq__Uri"] = new UriBuilder(Servers.RabbitMq) { Host = "127.0.0.1", Port = broker.Port }.Uri.ToString();
        Service["LIBRARY_CRASH_AT"] = crashAt ?? "";
        var host = start();
        if (crashAt is not null) _armed.Add(host);
        return host;
    }
}

internal static class Answers
{
    /// <summary>Longer than a wait and the contract's bound on any answer together, on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Null: the connection broke, or nothing came in time.</summary>
    public static async Task<Answer?> OrNullAsync(Func<Task<Answer>> send)
    {
        try
        {
            return await send().WaitAsync(Patience);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or TimeoutException or IOException)
        {
            return null;
        }
    }
}
