using RabbitMQ.Client;

namespace Library.Worker.Features.Commands;

internal static class WritingSetup
{
    public static void AddWriting(this IServiceCollection services)
    {
        services.AddSingleton<WriterState>();
        services.AddSingleton<WriterMetrics>();
        services.AddSingleton<BatchApplier>();
        services.AddSingleton<OpenCommandConsumer>(provider => cancellation => CommandConsumer.OpenAsync(provider.GetRequiredService<IConnectionFactory>(), cancellation));
        services.AddHostedService<CatalogWriter>();
    }
}
