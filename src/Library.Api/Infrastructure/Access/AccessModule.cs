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
        builder.AddEdge();
        services.AddRateLimits();
        AddCallers(services, builder.Configuration.GetSection(AuthOptions.SectionName).Get<AuthOptions>()?.Mode ?? AuthMode.None);
        // Asked for each endpoint before it is bound: an address that must not be served is never open.
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<AuthOptions>>((kestrel, auth) =>
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                Check(endpoint.IPEndPoint, auth.Value);
                // Here as well, since a server has only one place for the defaults of its endpoints.
                BareRefusals.AddBodies(endpoint);
            }));
    }

    /// <summary>Before everything: what holds for every answer.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseProxies();
        app.UseMiddleware<SecurityHeaders>();
    }

    /// <summary>Behind the routing: who it is, and whether they may.</summary>
    public static void UseAccess(this WebApplication app)
    {
        var mode = app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.Mode;
        if (mode == AuthMode.None) app.UseMiddleware<BrowserGuard>();
        app.UseCorsOrigins();
        // Named here: a host that leaves it out has it put before everything, where its faults would be no problems.
        if (mode != AuthMode.None) app.UseAuthentication();
        if (RateLimits.PermitsOf(app.Services.GetRequiredService<IOptions<LimitOptions>>().Value, new AuthOptions { Mode = mode }) > 0) app.UseRateLimiter();
        if (mode != AuthMode.None) app.UseAuthorization();
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
