using Npgsql;
using RabbitMQ.Client;

namespace Library.Testing.Hosts;

/// <summary>Library as it is deployed: API and worker processes around one database and one vhost.</summary>
/// <param name="postgres">Npgsql connection string of an empty database.</param>
/// <param name="rabbitMq">AMQP URI of an empty vhost.</param>
public sealed class LibraryService(string postgres, Uri rabbitMq) : IAsyncDisposable
{
    /// <summary>Known to tests, so that they can make operation ids.</summary>
    public const string OperationsSecret = "the operations secret of the tests";

    private readonly List<HostProcess> _hosts = [];
    private readonly Dictionary<string, string> _settings = new()
    {
        ["Library__Postgres__ConnectionString"] = postgres,
        ["Library__RabbitMq__Uri"] = rabbitMq.ToString(),
        ["Library__Operations__Secret"] = OperationsSecret,
    };

    public string Postgres { get; } = postgres;

    public Uri RabbitMq { get; } = rabbitMq;

    public NpgsqlDataSource Database { get; } = NpgsqlDataSource.Create(postgres + ";Search Path=library");

    /// <summary>A setting of the hosts that are started from now on, by its environment variable, e.g. <c>Library__Cache__Duration</c>.</summary>
    public string this[string variable]
    {
        set => _settings[variable] = value;
    }

    public static async Task<LibraryService> CreateAsync(TestServers servers) => new(await servers.CreateDatabaseAsync(), await servers.CreateVhostAsync());

    /// <summary>Starts an API and does not wait until it is ready.</summary>
    public HostProcess StartApi() => Start("Library.Api");

    /// <summary>Starts a worker and does not wait until it is ready.</summary>
    public HostProcess StartWorker() => Start("Library.Worker");

    /// <summary>Starts one worker and one API and waits until both are ready.</summary>
    public async Task<(HostProcess Api, HostProcess Worker)> StartAsync()
    {
        var (worker, api) = (StartWorker(), StartApi());
        await Task.WhenAll(worker.WhenReadyAsync(), api.WhenReadyAsync());
        return (api, worker);
    }

    public Task<IConnection> ConnectToBrokerAsync() => new ConnectionFactory { Uri = RabbitMq }.CreateConnectionAsync();

    public async Task<T?> ScalarAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T?)await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts) await host.DisposeAsync();
        await Database.DisposeAsync();
    }

    private HostProcess Start(string name)
    {
        var host = HostProcess.Start(name, _settings);
        _hosts.Add(host);
        return host;
    }
}
