using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Library.Hosting.Operations;

public static class OperationsSetup
{
    /// <summary>Registers <see cref="OperationIds"/> and its options.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OperationsOptions>().Bind(configuration.GetSection(OperationsOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OperationIds>();
        return services;
    }
}
