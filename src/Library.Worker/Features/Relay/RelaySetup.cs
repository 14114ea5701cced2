using Library.Hosting.Events;
using Npgsql;
using RabbitMQ.Client;

namespace Library.Worker.Features.Relay;

internal static class RelaySetup
{
    public static void AddRelay(this IServiceCollection services)
    {
        services.AddSingleton<RelayState>();
        services.AddSingleton<OpenEventChannel>(provider => cancellation => ConfirmedChannel.OpenAsync(provider.GetRequiredService<IConnectionFactory>(), cancellation));
        services.AddSingleton<OpenRelayLead>(provider => async cancellation => await RelayLead.OpenAsync(provider.GetRequiredService<NpgsqlDataSource>(), cancellation));
        services.AddSingleton<EventSignal>();
        services.AddSingleton<IEventSignal>(provider => provider.GetRequiredService<EventSignal>());
        services.AddHostedService(provider => provider.GetRequiredService<EventSignal>());
        services.AddHostedService<EventRelay>();
    }
}
