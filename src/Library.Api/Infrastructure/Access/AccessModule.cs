using System.Net;
using Library.Api.Infrastructure.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

internal static class AccessModule
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<AuthOptions>().Bind(builder.Configuration.GetSection(AuthOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        // Asked for each endpoint before it is bound: an address that must not be served is never open.
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<AuthOptions>>((kestrel, auth) =>
            kestrel.ConfigureEndpointDefaults(endpoint =>
            {
                Check(endpoint.IPEndPoint, auth.Value);
                // Here as well, since a server has only one place for the defaults of its endpoints.
                BareRefusals.AddBodies(endpoint);
            }));
    }

    internal static void Check(IPEndPoint? endpoint, AuthOptions auth)
    {
        // No address: a Unix socket or a pipe, guarded by the file system.
        if (endpoint is null || IPAddress.IsLoopback(endpoint.Address) || auth.Mode != AuthMode.None || auth.AllowAnonymous) return;
        throw new InvalidOperationException(
            $"Refusing to serve {endpoint}: with Library:Auth:Mode=None everybody who reaches this address may change the catalog. "
            + "Serve a loopback address (ASPNETCORE_URLS=http://127.0.0.1:8080), or set Library:Auth:AllowAnonymous=true if the network guards the service.");
    }
}
