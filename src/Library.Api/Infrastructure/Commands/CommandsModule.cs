using Library.Hosting.Messaging;

namespace Library.Api.Infrastructure.Commands;

internal static class CommandsModule
{
    public static void AddCommands(this WebApplicationBuilder builder)
    {
        builder.Services.AddMessaging(builder.Configuration);
        builder.Services.AddSingleton<CommandChannel>();
        builder.Services.AddSingleton<ICommandBus>(services => services.GetRequiredService<CommandChannel>());
        builder.Services.AddHostedService(services => services.GetRequiredService<CommandChannel>());
        builder.Services.AddSingleton<BrokerAvailability>();
        builder.Services.AddSingleton<CommandPublisher>();
        builder.Services.AddSingleton<CommandSender>();
        builder.Services.AddSingleton<CommandSlots>();
        builder.Services.AddSingleton<IdempotencyKeys>();
        builder.Services.AddHostedService<BrokerProbe>();
    }

    public static void UseCommands(this WebApplication app) => app.UseMiddleware<CommandSlotMiddleware>();
}
