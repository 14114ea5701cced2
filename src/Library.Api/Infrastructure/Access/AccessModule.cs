using System.Net;
using Library.Api.Infrastructure.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

internal static class AccessModule
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuthOptions>().Bind(builder.Configuration.GetSection(AuthOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Callers>();
        services.AddSingleton<FailedAttempts>();
        services.AddSingleton<ApiKeyStore>();
        services.AddSingleton<IApiKeys>(provider => provider.GetRequiredService<ApiKeyStore>());
        services.AddSingleton<VerifiedKeys>();
        services.AddSingleton<KnownKeys>();
        // Routing's own check does not know the requests that KnownKeys has let through; tests verify on every route that nothing else gets through.
        services.Configure<RouteOptions>(routing => routing.SuppressCheckForUnhandledSecurityMetadata = true);
        builder.AddEdge();
        services.AddRateLimits();
        AddCallers(services, builder.Configuration.GetSection(AuthOptions.SectionName).Get<AuthOptions>()?.Mode ?? AuthMode.None);
        // Checked for each endpoint before it is bound, so that a forbidden address is never open.
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<AuthOptions>>((kestrel, auth) =>
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                Check(endpoint.IPEndPoint, auth.Value);
                // Here as well, since a server has only one place for the defaults of its endpoints.
                BareRefusals.AddBodies(endpoint);
            }));
    }

    /// <summary>First in the pipeline: what applies to every response.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseProxies();
        app.UseMiddleware<SecurityHeaders>();
    }

    /// <summary>After routing: authentication and authorization.</summary>
    public static void UseAccess(this WebApplication app)
    {
        var mode = app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.Mode;
        if (mode == AuthMode.None) app.UseMiddleware<BrowserGuard>();
        app.UseCorsOrigins();
        var isLimited = RateLimits.PermitsOf(app.Services.GetRequiredService<IOptions<LimitOptions>>().Value, new AuthOptions { Mode = mode }) > 0;
        if (mode == AuthMode.None)
        {
            if (isLimited) app.UseRateLimiter();
            return;
        }

        IApplicationBuilder pipeline = app;
        // Said, since they are set in a branch: else the host puts both before everything, where their faults would be no problems.
        pipeline.Properties["__AuthenticationMiddlewareSet"] = pipeline.Properties["__AuthorizationMiddlewareSet"] = true;
        var known = mode == AuthMode.ApiKey ? app.Services.GetRequiredService<KnownKeys>() : null;
        pipeline.Use(next =>
        {
            var atOnce = Branch(pipeline, isLimited, isChecked: false, next);
            var whole = Branch(pipeline, isLimited, isChecked: true, next);
            return known is null ? whole : http => known.Admit(http) ? atOnce(http) : whole(http);
        });
    }

    /// <param name="isChecked">Whether the framework authenticates and authorizes the request; otherwise that has been done.</param>
    private static RequestDelegate Branch(IApplicationBuilder pipeline, bool isLimited, bool isChecked, RequestDelegate next)
    {
        var branch = pipeline.New();
        if (isChecked) branch.UseAuthentication();
        if (isLimited) branch.UseRateLimiter();
        if (isChecked) branch.UseAuthorization();
        branch.Run(next);
        return branch.Build();
    }

    internal static void Check(IPEndPoint? endpoint, AuthOptions auth)
    {
        // No address: a Unix socket or a pipe, guarded by the file system.
        if (endpoint is null || IPAddress.IsLoopback(endpoint.Address) || auth.Mode != AuthMode.None || auth.AllowAnonymous) return;
        throw new InvalidOperationException(
            $"Refusing to serve {endpoint}: with Library:Auth:Mode=None everybody who reaches this address may change the catalog. "
            + "Serve a loopback address (ASPNETCORE_URLS=http://127.0.0.1:8080), set Library:Auth:Mode to ApiKey or Jwt, or set Library:Auth:AllowAnonymous=true if the network guards the service.");
    }

    private static void AddCallers(IServiceCollection services, AuthMode mode)
    {
        switch (mode)
        {
            case AuthMode.ApiKey:
                services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null);
                services.AddScopePolicies(ApiKeyHandler.SchemeName);
                break;
            case AuthMode.Jwt:
                services.AddTokens();
                services.AddScopePolicies(JwtBearerDefaults.AuthenticationScheme);
                break;
        }
    }
}
