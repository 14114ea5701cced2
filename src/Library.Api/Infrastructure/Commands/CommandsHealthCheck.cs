using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Library.Api.Infrastructure.Commands;

/// <summary>Whether commands are accepted. A load balancer should send requests to another instance if not.</summary>
internal sealed class CommandsHealthCheck(BrokerAvailability availability) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(availability.IsAvailable ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The broker does not confirm: commands are refused"));
}
