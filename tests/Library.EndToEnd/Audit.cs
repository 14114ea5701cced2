using System.Net;
using System.Text.Json;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <param name="What">In words.</param>
internal sealed record AuditFinding(string Kind, string Resource, Guid? Id, string What);

/// <summary>A run of the self-audit, page after page.</summary>
internal sealed record Audit(IReadOnlyList<AuditFinding> Findings, long Resources, long Events, long Operations, long Pending, long Position, JsonElement Summary)
{
    public static async Task<Audit> RunAsync(HostProcess api, int pageSize = 500, long? since = null)
    {
        var findings = new List<AuditFinding>();
        long resources = 0, events = 0, operations = 0, pending = 0;
        for (string of = since is null ? "" : $"&since={since}", next = ""; ;)
        {
            var page = (await api.GetAsync($"/v1/audit?limit={pageSize}{of}{next}")).Is(HttpStatusCode.OK).Body;
            resources += page.GetProperty("resources").GetInt64();
            events += page.GetProperty("events").GetInt64();
            operations += page.GetProperty("operations").GetInt64();
            pending += page.GetProperty("pending").GetInt64();
            var offenders = page.GetProperty("offenders").EnumerateArray().ToList();
            offenders.Count.ShouldBe(((string[])["lost", "duplicated", "drifted", "orphaned"]).Sum(kind => page.GetProperty(kind).GetInt32()));
            findings.AddRange(offenders.Select(offender => new AuditFinding(
                offender.GetProperty("kind").GetString()!, offender.GetProperty("resource").GetString()!, offender.TryGetProperty("id", out var id) ? id.GetGuid() : null,
                offender.GetProperty("what").GetString()!)));
            if (page.TryGetProperty("next", out var cursor)) next = "&after=" + cursor.GetString();
            else return new Audit(findings, resources, events, operations, pending, page.GetProperty("position").GetInt64(), page.GetProperty("summary"));
        }
    }
}
