using Library.Api.Infrastructure.Http;
using Library.Hosting.Operations;

namespace Library.Api.Infrastructure.Operations;

internal static class OperationsModule
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddOperations(builder.Configuration);
        builder.Services.AddOptions<WaitOptions>().Bind(builder.Configuration.GetSection(OperationsOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddJsonTypes(OperationJson.Default);
        builder.Services.AddSingleton<OperationWaiters>();
        builder.Services.AddSingleton<OperationOutcomes>();
        builder.Services.AddSingleton<IOutcomeReader, OutcomeReader>();
    }
}
