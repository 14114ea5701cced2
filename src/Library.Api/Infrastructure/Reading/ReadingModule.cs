using Library.Hosting.Storage;

namespace Library.Api.Infrastructure.Reading;

internal static class ReadingModule
{
    public static void AddReading(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddPostgres(builder.Configuration);
        services.AddOptions<ReadOptions>().Bind(builder.Configuration.GetSection(ReadOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Database>();
        // Reads from the primary, where the effect of a command is certain to be visible.
        services.AddSingleton<CatalogReader>();
        services.AddReadPool(ReadPool.Resources);
        services.AddReadPool(ReadPool.Lists);
        services.AddReadPool(ReadPool.Searches);
        services.AddReadPool(ReadPool.Audit);
        services.AddKeyedSingleton(ReadPool.Resources, (provider, pool) => new CatalogReader(provider.GetRequiredKeyedService<Database>(pool)));
        services.AddSingleton<MinPosition>();
    }
}
