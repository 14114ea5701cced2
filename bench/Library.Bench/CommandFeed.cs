using Library.Contracts.Commands;
using Library.Hosting.Messaging;
using Library.Testing.Hosts;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Library.Bench;

/// <summary>Puts commands into a vhost's command queue, in MassTransit's envelope as the API does.</summary>
internal sealed class CommandFeed : IAsyncDisposable
{
    /// <summary>Published at once, so in no order among themselves; each window comes behind the one before.</summary>
    public const int Window = 256;

    private readonly ServiceProvider _services;
    private readonly IBusControl _bus;

    private CommandFeed(ServiceProvider services) => (_services, _bus) = (services, services.GetRequiredService<IBusControl>());

    public static async Task<CommandFeed> StartAsync(Uri vhost)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new($"{RabbitMqOptions.SectionName}:Uri", vhost.ToString())]).Build();
        var feed = new CommandFeed(new ServiceCollection().AddLogging().AddMessaging(settings, _ => { }).BuildServiceProvider());
        await feed._bus.StartAsync();
        return feed;
    }

    public async Task PublishAsync(IReadOnlyList<CatalogCommand> commands)
    {
        foreach (var window in commands.Chunk(Window))
            await Task.WhenAll(window.Select(command => _bus.Publish<CatalogCommand>(command, context => (context.MessageId, context.Mandatory) = (command.OperationId, true))));
    }

    public async ValueTask DisposeAsync()
    {
        await _bus.StopAsync();
        await _services.DisposeAsync();
    }
}
