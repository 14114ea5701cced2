namespace Library.Worker.Features.Imports;

internal static class ImportsSetup
{
    public static void AddImports(this IServiceCollection services)
    {
        services.AddSingleton<ImportApplication>();
        services.AddSingleton<ImportUndo>();
        services.AddSingleton<ImportRunner>();
        services.AddHostedService<ImportConsumer>();
        services.AddHostedService<ImportSweep>();
    }
}
