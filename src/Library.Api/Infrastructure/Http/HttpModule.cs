using FluentValidation;
using Library.Api.Infrastructure.Compression;

namespace Library.Api.Infrastructure.Http;

internal static class HttpModule
{
    /// <summary>Reading of requests, limits, problems.</summary>
    public static void AddHttp(this WebApplicationBuilder builder)
    {
        builder.AddLimits();
        builder.AddCompression();
        builder.Services.Configure<RouteOptions>(routing => routing.SetParameterPolicy<IdConstraint>("guid"));
        builder.Services.AddSingleton<RequestJson>();
        builder.Services.AddSingleton<BodyMemory>();
        builder.Services.AddSingleton<BodyReader>();
        // Routing would reject a media type itself, without listing the ones that the route accepts. BodyReader does it instead.
        foreach (var policy in builder.Services.Where(service => service.ImplementationType?.Name == "AcceptsMatcherPolicy").ToList()) builder.Services.Remove(policy);
        builder.Services.AddValidatorsFromAssemblyContaining<BodyReader>(ServiceLifetime.Singleton, includeInternalTypes: true);
    }

    public static void UseHttp(this WebApplication app)
    {
        app.UseMiddleware<LingeringClose>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<OneSpelling>();
        app.UseCompression();
        app.UseRouting();
    }

    /// <summary>After authorization.</summary>
    public static void UseRequestRules(this WebApplication app) => app.UseMiddleware<RequestRules>();

    /// <summary>The routes of the API itself.</summary>
    public static RouteGroupBuilder MapV1(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1").WithMetadata(new JsonRoute());
}
