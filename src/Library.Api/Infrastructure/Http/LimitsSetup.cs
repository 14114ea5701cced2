using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Http;

internal static class LimitsSetup
{
    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LimitOptions>().Bind(builder.Configuration.GetSection(LimitOptions.SectionName))
            .ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>((kestrel, limits) =>
        {
            kestrel.AddServerHeader = false;
            // Bodies are limited where they are read: past its own limit the server would close the connection on unread data.
            kestrel.Limits.MaxRequestBodySize = null;
            // Past its own limits the server closes the connection with a bare status line, so they are above ours, which are answered with problem
            // details.
            kestrel.Limits.MaxRequestLineSize = 2 * limits.Value.TargetLength;
            kestrel.Limits.MaxRequestHeadersTotalSize = 2 * limits.Value.HeaderLength;
            kestrel.Limits.MaxRequestHeaderCount = 200;
            kestrel.Limits.MaxRequestBufferSize = Math.Max(1024 * 1024, 2L * (limits.Value.TargetLength + limits.Value.HeaderLength));
        });
    }
}
