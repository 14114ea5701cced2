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
            // Bodies are bounded where they are read: past a limit of its own the server hangs up on what is still to be read off.
            kestrel.Limits.MaxRequestBodySize = null;
            // Past its own limits the server hangs up with a bare status line, so they lie above ours, which are answered as problems.
            kestrel.Limits.MaxRequestLineSize = 2 * limits.Value.TargetLength;
            kestrel.Limits.MaxRequestHeadersTotalSize = 2 * limits.Value.HeaderLength;
            kestrel.Limits.MaxRequestHeaderCount = 200;
            kestrel.Limits.MaxRequestBufferSize = Math.Max(1024 * 1024, 2L * (limits.Value.TargetLength + limits.Value.HeaderLength));
        });
    }
}
