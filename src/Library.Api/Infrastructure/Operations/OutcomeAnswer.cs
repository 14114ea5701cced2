using System.Globalization;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Operations;

namespace Library.Api.Infrastructure.Operations;

/// <summary>The outcome of a command as the answer to the command.</summary>
internal static class OutcomeAnswer
{
    /// <param name="representation">The resource as the operation left it, or as it was read after the outcome; null: refused, deleted, or deleted again meanwhile.</param>
    public static IResult Of(HttpContext http, Outcome outcome, ResourceName resource, Representation? representation)
    {
        var headers = http.Response.Headers;
        headers["Library-Position"] = outcome.Position.ToString(CultureInfo.InvariantCulture);
        if (outcome.Effect is null) return new ProblemResult(outcome.Problem!);
        headers.CacheControl = "no-store";
        if (outcome.Effect == Effects.Created) headers.Location = http.Request.PathBase + resource.Path;
        if (representation is null) return Results.StatusCode(outcome.Effect == Effects.Created ? StatusCodes.Status201Created : StatusCodes.Status204NoContent);
        headers.ETag = representation.ETag;
        return new JsonResult(outcome.Effect == Effects.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK, representation.Body);
    }
}
