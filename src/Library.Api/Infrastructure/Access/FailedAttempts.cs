using System.Net;
using System.Threading.RateLimiting;
using Library.Api.Infrastructure.Http;
using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Access;

/// <summary>Counts rejected credentials by client address. Past the limit an address gets 429, and none of its keys is looked up.</summary>
internal sealed class FailedAttempts(IOptions<LimitOptions> limits) : IDisposable
{
    public const string Limited = "Too many credentials from this address did not hold";

    private readonly PartitionedRateLimiter<IPAddress> _limiter = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        limits.Value.FailedAttemptsPerMinute == 0
            ? RateLimitPartition.GetNoLimiter(address)
            : RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = limits.Value.FailedAttemptsPerMinute,
                Window = TimeSpan.FromMinutes(1),
            }));

    /// <summary>Whether the next one is not to be looked at.</summary>
    public bool AreSpent(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(Peers.NetworkOf(http), permitCount: 0);
        return !lease.IsAcquired;
    }

    /// <returns>False: that was one too many.</returns>
    public bool TryCount(HttpContext http)
    {
        using var lease = _limiter.AttemptAcquire(Peers.NetworkOf(http));
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
