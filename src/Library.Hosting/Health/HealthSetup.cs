using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Library.Hosting.Health;

public static class HealthSetup
{
    /// <summary>
    /// <c>/health/live</c>: the process answers. <c>/health/ready</c>: 200 while every check tagged <c>ready</c> passes, degraded ones
    /// included, else 503; the body has the detail of each dependency.
    /// </summary>
    /// <param name="maySeeDetail">Who may see the detail of each dependency; null: everyone.</param>
    public static void MapHealth(this IEndpointRouteBuilder endpoints, Func<HttpContext, Task<bool>>? maySeeDetail = null)
    {
        endpoints.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = (http, report) => WriteAsync(http, report, detailed: false) }).AllowAnonymous();
        endpoints.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready"), ResponseWriter = WriteReadyAsync }).AllowAnonymous();

        async Task WriteReadyAsync(HttpContext http, HealthReport report) => await WriteAsync(http, report, maySeeDetail is null || await maySeeDetail(http));
    }

    private static async Task WriteAsync(HttpContext http, HealthReport report, bool detailed)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status", Word(report.Status));
        if (detailed) WriteChecks(json, report);
        json.WriteEndObject();
    }

    private static void WriteChecks(Utf8JsonWriter json, HealthReport report)
    {
        json.WriteStartObject("checks");
        foreach (var (name, entry) in report.Entries)
        {
            json.WriteStartObject(name);
            json.WriteString("status", Word(entry.Status));
            if (entry.Description is not null) json.WriteString("detail", entry.Description);
            foreach (var (key, value) in entry.Data.Where(pair => pair.Value is int or long or string))
            {
                json.WritePropertyName(key);
                JsonSerializer.Serialize(json, value);
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };
}
