using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using ZiggyCreatures.Caching.Fusion;

namespace Library.Api.Infrastructure.Caching;

internal static class CachingModule
{
    public static void AddCaching(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<CacheOptions>().Bind(builder.Configuration.GetSection(CacheOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<EvictionStamps>();
        builder.Services.AddSingleton<ReadCache>();
        builder.Services.AddSingleton<CacheEvictions>();
        builder.Services.AddSingleton<EvictionQueue>();
        builder.Services.AddHostedService(services => services.GetRequiredService<EvictionQueue>());
        builder.Services.AddFusionCache().WithMemoryCache(services => new MemoryCache(
            new MemoryCacheOptions { SizeLimit = services.GetRequiredService<IOptions<CacheOptions>>().Value.MaxBytes }));
    }
}
