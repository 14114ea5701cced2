using System.Globalization;
using System.Reflection;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.Audit;

/// <summary>What to audit: everything, or what has changed after a position.</summary>
/// <param name="Since">Null: everything.</param>
internal sealed record AuditRequest(PageRequest Page, long? Since)
{
    public static async ValueTask<AuditRequest?> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var page = await PageRequest.BindAsync(http, parameter);
        if (!http.Request.Query.TryGetValue("since", out var text)) return new(page!, null);
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var since)
            ? new(page!, since)
            : throw RefusalException.OfQuery("since", "It must be a position: a whole number, 0 being before the first event.");
    }
}
