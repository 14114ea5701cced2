using Library.Hosting.Events;

namespace Library.Worker.Relay;

internal static class RelaySetup
{
    public static void AddRelay(this IServiceCollection services)
    {
        services.AddSingleton<RelayState>();
        services.AddSingleton<EventSignal>();
        services.AddHostedService(provider => provider.GetRequiredService<EventSignal>());
        services.AddHostedService<EventRelay>();
    }
}
