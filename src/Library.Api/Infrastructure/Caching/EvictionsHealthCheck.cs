using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Library.Api.Infrastructure.Caching;

/// <summary>Whether this instance receives events. If not, its reads may be stale for as long as its entries live.</summary>
internal sealed class EvictionsHealthCheck(EvictionQueue queue) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(queue.IsBound ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No events reach the cache: reads may be old"));
}
