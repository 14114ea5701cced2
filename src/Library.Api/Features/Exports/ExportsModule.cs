using Library.Api.Infrastructure.OpenApi;

namespace Library.Api.Features.Exports;

internal static class ExportsModule
{
    public static void AddExports(this WebApplicationBuilder builder) => builder.Services.AddOperationDetails<ExportDetails>();

    public static void MapExports(this IEndpointRouteBuilder routes) => ExportEndpoint.Map(routes);
}
