using Npgsql;
using Xunit;

namespace Library.Testing;

/// <summary>
/// A real Postgres and a real RabbitMQ for one test program: those that <c>LIBRARY_TEST_POSTGRES</c> and <c>LIBRARY_TEST_RABBITMQ</c> name
/// (blank counts as unset), else containers where a Docker engine answers, else private processes. Never skipped: without servers there
/// is no test.
/// </summary>
public sealed class TestServers : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private IServers? _servers;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Makes an empty database and returns its connection string. Each test has its own, so that none sees another's rows.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var postgres = new NpgsqlConnectionStringBuilder((await StartedAsync()).Postgres);
        var name = "test_" + Guid.CreateVersion7().ToString("N");
        await using var connection = new NpgsqlConnection(postgres.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name}", connection);
        await create.ExecuteNonQueryAsync();
        postgres.Database = name;
        return postgres.ConnectionString;
    }

    /// <summary>Makes an empty vhost and returns its AMQP URI. Each test has its own queues.</summary>
    public async Task<Uri> CreateVhostAsync()
    {
        var servers = await StartedAsync();
        return await RabbitMqManagement.CreateVhostAsync(servers.RabbitMq, servers.RabbitMqManagement);
    }

    /// <summary>Names of a vhost's queues, those of its instances included.</summary>
    public async Task<IReadOnlyList<string>> QueuesAsync(Uri vhost) => await RabbitMqManagement.QueuesAsync(vhost, (await StartedAsync()).RabbitMqManagement!);

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null) await _servers.DisposeAsync();
        _starting.Dispose();
    }

    private async Task<IServers> StartedAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _servers ??= await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    private static async Task<IServers> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("LIBRARY_TEST_QUICK") == "1")
            throw new InvalidOperationException($"A quick run has no servers: a class whose tests ask for them is marked [{nameof(NeedsServersAttribute)[..^"Attribute".Length]}].");
        if (GivenServers.Read() is { } given) return given;
        if (Environment.GetEnvironmentVariable("LIBRARY_MODE") != "native" && await ContainerServers.TryStartAsync() is { } containers) return containers;
        return await PrivateServers.StartAsync();
    }
}

/// <summary>Servers that tests may use.</summary>
public interface IServers : IAsyncDisposable
{
    /// <summary>Npgsql connection string of a user who may create databases.</summary>
    string Postgres { get; }

    Uri RabbitMq { get; }

    /// <summary>Base address of the management API; null: there is none.</summary>
    Uri? RabbitMqManagement { get; }
}
