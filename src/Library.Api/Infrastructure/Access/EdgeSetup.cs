using System.Net;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

/// <summary>What stands between callers and the service: trusted proxies, and pages of other origins (CORS).</summary>
internal static class EdgeSetup
{
    /// <summary>Headers of ours that a page may read.</summary>
    private static readonly string[] Exposed =
    [
        "ETag", "Location", "Operation-Location", "Library-Position", "Preference-Applied", "Retry-After", "Link", "Cache-Status", "RateLimit", "RateLimit-Policy", "WWW-Authenticate",
    ];

    public static void AddEdge(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<EdgeOptions>().Configure(edge => EdgeOptions.Bind(edge, builder.Configuration.GetSection(EdgeOptions.SectionName))).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<EdgeOptions>>((forwarded, edge) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
            // Trusts only the proxies that are configured, not loopback, which the framework trusts by default.
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            forwarded.ForwardLimit = null;
            foreach (var proxy in edge.Value.KnownProxies)
            {
                if (System.Net.IPNetwork.TryParse(proxy, out var network)) forwarded.KnownIPNetworks.Add(network);
                else forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
            }
        });
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<EdgeOptions>>((cors, edge) => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. edge.Value.CorsOrigins]).AllowAnyMethod().AllowAnyHeader().WithExposedHeaders(Exposed).SetPreflightMaxAge(TimeSpan.FromHours(1))));
    }

    /// <summary>First in the pipeline: everything after it sees the client behind the proxy.</summary>
    public static void UseProxies(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value.KnownProxies.Count > 0) app.UseForwardedHeaders();
    }

    public static void UseCorsOrigins(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value.CorsOrigins.Count > 0) app.UseCors();
    }
}
