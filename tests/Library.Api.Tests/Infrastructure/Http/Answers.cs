using System.Net;
using System.Text.Json.Nodes;

namespace Library.Api.Tests.Infrastructure.Http;

internal static class Answers
{
    public static async Task<JsonObject> JsonAsync(this HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();

    /// <summary>That it is a complete problem of this status and kind.</summary>
    public static async Task<JsonObject> ShouldBeProblemAsync(this HttpResponseMessage answer, int status, string kind)
    {
        answer.StatusCode.ShouldBe((HttpStatusCode)status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.JsonAsync();
        ((string?)problem["type"]).ShouldBe("/problems#" + kind);
        ((int?)problem["status"]).ShouldBe(status);
        ((string?)problem["title"]).ShouldNotBeNullOrWhiteSpace();
        ((string?)problem["detail"]).ShouldNotBeNullOrWhiteSpace();
        return problem;
    }
}
