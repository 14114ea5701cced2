using System.Net.Http.Headers;

namespace Library.Api.Tests.Infrastructure.Http;

public class MediaTypeTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private const string Author = "/v1/authors/0198c0de-0000-7000-8000-000000000001";

    [Theory]
    [InlineData("POST", "/v1/authors", "application/json", "Accept-Post")]
    [InlineData("POST", "/v1/books", "application/json", "Accept-Post")]
    [InlineData("PUT", Author, "application/json", null)]
    [InlineData("PATCH", Author, "application/merge-patch+json", "Accept-Patch")]
    [InlineData("POST", "/v1/imports", "application/x-ndjson, application/ndjson, application/jsonl, text/csv, text/tab-separated-values, application/gzip", "Accept-Post")]
    public async Task Another_media_type_is_answered_with_those_that_the_route_takes(string method, string path, string taken, string? header)
    {
        var answer = await SendAsync(new HttpMethod(method), path, "text/plain");
        var problem = await answer.ShouldBeProblemAsync(415, "unsupported-media-type");
        foreach (var type in taken.Split(", ")) ((string)problem["detail"]!).ShouldContain(type);
        answer.Headers.GetValues("Accept").ShouldBe([taken]);
        if (header is not null) answer.Headers.GetValues(header).ShouldBe([taken]);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/csv; charset=iso-8859-1")]
    [InlineData(null)]
    public async Task An_import_of_another_type_is_415(string? type)
    {
        var problem = await (await SendAsync(HttpMethod.Post, "/v1/imports", type)).ShouldBeProblemAsync(415, "unsupported-media-type");
        ((string)problem["detail"]!).ShouldContain("application/x-ndjson");
    }

    /// <summary>503: taken, and there is no database.</summary>
    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("application/ndjson")]
    [InlineData("application/jsonl")]
    [InlineData("text/csv")]
    [InlineData("Text/CSV; charset=\"UTF-8\"")]
    [InlineData("text/csv; charset=utf-16; header=present")]
    [InlineData("text/tab-separated-values")]
    [InlineData("application/gzip")]
    public async Task An_import_takes_what_people_call_its_formats(string type) =>
        await (await SendAsync(HttpMethod.Post, "/v1/imports", type)).ShouldBeProblemAsync(503, "unavailable");

    [Fact]
    public async Task The_parameter_format_counts_more_than_the_media_type()
    {
        await (await SendAsync(HttpMethod.Post, "/v1/imports?format=csv", "application/octet-stream")).ShouldBeProblemAsync(503, "unavailable");
        await (await SendAsync(HttpMethod.Post, "/v1/imports?format=xml", "text/csv")).ShouldBeProblemAsync(400, "malformed");
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? type)
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return api.CreateClient().SendAsync(new HttpRequestMessage(method, path) { Content = content }, TestContext.Current.CancellationToken);
    }
}
