using DotNet.Testcontainers.Builders;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace Library.Testing;

/// <summary>Containers of the images that docker-compose.yml names.</summary>
internal sealed class ContainerServers : IServers
{
    private const int ManagementPort = 15672;

    private readonly PostgreSqlContainer _postgres = new PostgreSqlBuilder("postgres:17").Build();
    private readonly RabbitMqContainer _rabbit = new RabbitMqBuilder("rabbitmq:4.1-management").WithPortBinding(ManagementPort, assignRandomHostPort: true).Build();

    public string Postgres => _postgres.GetConnectionString();

    public Uri RabbitMq => new(_rabbit.GetConnectionString());

    public Uri? RabbitMqManagement => new UriBuilder("http", _rabbit.Hostname, _rabbit.GetMappedPublicPort(ManagementPort)).Uri;

    /// <summary>Null: no Docker engine answers. Where containers were asked for, that is a failure: its message tells what was tried.</summary>
    public static async Task<ContainerServers?> TryStartAsync()
    {
        try
        {
            var servers = new ContainerServers();
            await Task.WhenAll(servers._postgres.StartAsync(), servers._rabbit.StartAsync());
            return servers;
        }
        catch (DockerUnavailableException) when (Environment.GetEnvironmentVariable("LIBRARY_MODE") != "docker")
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _postgres.DisposeAsync();
        await _rabbit.DisposeAsync();
    }
}
