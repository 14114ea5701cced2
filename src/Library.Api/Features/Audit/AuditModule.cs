using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.OpenApi;

namespace Library.Api.Features.Audit;

internal static class AuditModule
{
    public static void AddAudit(this WebApplicationBuilder builder) => builder.Services
        .AddJsonTypes(AuditJson.Default)
        .AddOperationDetails<AuditDetails>()
        .AddSingleton<AuditReader>().AddSingleton<AuditRun>();

    public static void MapAudit(this IEndpointRouteBuilder routes) => GetAuditEndpoint.Map(routes);
}
