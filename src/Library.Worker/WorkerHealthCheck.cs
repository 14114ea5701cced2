using Library.Worker.Features.Commands;
using Library.Worker.Features.Relay;
using Library.Worker.Infrastructure.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Library.Worker;

/// <summary>Whether schema, writer and relay are working or on standby.</summary>
internal sealed class WorkerHealthCheck(SchemaReadiness schema, WriterState writer, RelayState relay) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var trouble = schema.IsOpen ? writer.Trouble ?? relay.Trouble : "The schema is not up to date yet.";
        var data = new Dictionary<string, object> { ["deadLettered"] = writer.DeadLettered };
        return Task.FromResult(trouble is null ? HealthCheckResult.Healthy(data: data) : HealthCheckResult.Unhealthy(trouble, data: data));
    }
}
