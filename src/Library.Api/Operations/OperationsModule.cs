using Library.Hosting.Operations;

namespace Library.Api.Operations;

internal static class OperationsModule
{
    public static void AddOperations(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(OperationsOptions.SectionName);
        builder.Services.AddOptions<OperationsOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<WaitOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<OperationIds>();
        builder.Services.AddSingleton<OperationWaiters>();
        builder.Services.AddSingleton<OperationOutcomes>();
        builder.Services.AddSingleton<IOutcomeReader, OutcomeReader>();
    }

    public static void MapOperations(this IEndpointRouteBuilder routes) => GetOperationEndpoint.Map(routes);
}
