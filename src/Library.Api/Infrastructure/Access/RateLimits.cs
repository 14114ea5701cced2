using System.Globalization;
using System.Threading.RateLimiting;
using Library.Api.Infrastructure.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

internal static class RateLimits
{
    private const int Default = 6000;

    public static void AddRateLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = (rejected, _) => new ValueTask(RefuseAsync(rejected)));
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<LimitOptions>, IOptions<AuthOptions>, Callers, TimeProvider>((limiter, limits, auth, callers, time) =>
        {
            var permits = PermitsOf(limits.Value, auth.Value);
            if (permits > 0) limiter.GlobalLimiter = new CallerLimiter(permits, callers, time);
        });
    }

    /// <summary>Requests a minute; 0: no limit.</summary>
    public static int PermitsOf(LimitOptions limits, AuthOptions auth) => limits.RequestsPerMinute ?? (auth.Mode == AuthMode.None ? 0 : Default);

    private static Task RefuseAsync(OnRejectedContext rejected)
    {
        var http = rejected.HttpContext;
        if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            http.Response.Headers.RetryAfter = Math.Max(1, (int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return ProblemWriter.WriteAsync(http, StatusProblems.Of(StatusCodes.Status429TooManyRequests));
    }
}
