namespace Library.Worker.Writing;

internal static class WritingSetup
{
    public static void AddWriting(this IServiceCollection services)
    {
        services.AddSingleton<WriterState>();
        services.AddSingleton<WriterMetrics>();
        services.AddSingleton<BatchApplier>();
        services.AddHostedService<CatalogWriter>();
    }
}
