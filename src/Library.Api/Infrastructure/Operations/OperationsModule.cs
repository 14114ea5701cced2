using Library.Api.Features.Operations;
using Library.Hosting.Operations;

namespace Library.Api.Infrastructure.Operations;

internal static class OperationsModule
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        builder.Services.AddOperations(builder.Configuration);
        builder.Services.AddOptions<WaitOptions>().Bind(builder.Configuration.GetSection(OperationsOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<OperationWaiters>();
        builder.Services.AddSingleton<OperationOutcomes>();
        builder.Services.AddSingleton<IOutcomeReader, OutcomeReader>();
    }

    public static void MapOperations(this IEndpointRouteBuilder routes) => GetOperationEndpoint.Map(routes);
}
