using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Library.Hosting.Telemetry;

/// <summary>
/// OpenTelemetry: metrics at <c>/metrics</c>; traces, metrics and logs by OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says so; nothing of it, and
/// no <c>/metrics</c>, with <c>OTEL_SDK_DISABLED=true</c>.
/// </summary>
public static class TelemetrySetup
{
    /// <summary>Name of the service's own meter and activity source.</summary>
    public const string SourceName = "Library";

    public static void AddTelemetry(this IHostApplicationBuilder builder, string serviceName)
    {
        if (builder.Configuration.GetValue("OTEL_SDK_DISABLED", false)) return;
        var otel = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(serviceName))
            .WithMetrics(metrics => metrics
                .AddMeter(SourceName, "MassTransit", "Npgsql", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
                .AddPrometheusExporter());
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])) return;
        otel.WithTracing(tracing => tracing.AddSource(SourceName, "MassTransit").AddAspNetCoreInstrumentation().AddNpgsql()).UseOtlpExporter();
    }

    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<MeterProvider>() is not null) endpoints.MapPrometheusScrapingEndpoint("/metrics");
    }
}
