using System.IO.Compression;
using System.Net;
using System.Text;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Whatever is longer than a packet, compressed and not: the same text.</summary>
[Collection(typeof(Running))]
public sealed class CompressionTests(RunningLibrary library)
{
    private HostProcess Api => library.Api;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Every_long_answer_is_compressed_as_the_client_asks(string coding)
    {
        var author = await Api.CreateAuthorAsync("Compressed " + coding);
        for (var i = 0; i < 20; i++) await Api.CreateBookAsync($"Compressed {i} {new string('x', 100)}", author);
        var import = await Api.ImportAsync(string.Concat(Enumerable.Repeat("no JSON\n", 100)));
        await Api.EndOfImportAsync(import);

        foreach (var path in (string[])[
            $"/v1/authors/{author}/books", $"/v1/authors/{author}/deletion-preview", "/v1/export?type=book", "/v1/export?format=csv",
            $"/v1/imports/{import.Id}/refused", "/v1/events?after=0&limit=20"])
            await ShouldBeTheSameAsync(path, "*/*", coding);

        await ShouldBeTheSameAsync("/v1/events?after=0&limit=40", "application/x-ndjson", coding);
    }

    [Fact]
    public async Task A_resource_is_changed_on_the_tag_of_its_compressed_form()
    {
        var created = (await Api.PostAsync("/v1/authors", new { name = "A", bio = new string('b', 5000) }, Requests.Wait)).Is(HttpStatusCode.Created);
        using var packed = await GetAsync($"/v1/authors/{created.Id}", "*/*", "br");
        var etag = packed.Headers.ETag!.ToString();
        etag.ShouldBe("W/\"1\"");
        (await Api.GetAsync($"/v1/authors/{created.Id}", ("If-None-Match", etag))).Is(HttpStatusCode.NotModified).Header("ETag").ShouldBe("\"1\"");
        (await Api.PatchAsync($"/v1/authors/{created.Id}", new { name = "B" }, Requests.Wait, ("If-Match", etag))).Is(HttpStatusCode.OK).Header("ETag").ShouldBe("\"2\"");
        (await Api.PatchAsync($"/v1/authors/{created.Id}", new { name = "C" }, Requests.Wait, ("If-Match", etag))).Is(HttpStatusCode.PreconditionFailed);
        (await Api.PatchAsync($"/v1/authors/{created.Id}", new { name = "C" }, Requests.Wait, ("If-Match", "\"1\", W/\"2\""))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_live_feed_is_never_held_back_by_compression()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v1/events?after=0", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        using var answer = await Api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
    }

    private async Task ShouldBeTheSameAsync(string path, string accept, string coding)
    {
        using var plain = await GetAsync(path, accept, "identity");
        using var packed = await GetAsync(path, accept, coding);
        plain.Content.Headers.ContentEncoding.ShouldBeEmpty(path);
        packed.Content.Headers.ContentEncoding.ShouldBe([coding], path);
        packed.Headers.Vary.ShouldContain("Accept-Encoding", path);
        var bytes = await packed.Content.ReadAsByteArrayAsync();
        var text = Unpacked(bytes, coding);
        bytes.Length.ShouldBeLessThan(Encoding.UTF8.GetByteCount(text), path);
        text.ShouldBe(await plain.Content.ReadAsStringAsync(), path);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept, string coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
        var answer = await Api.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return answer;
    }

    private static string Unpacked(byte[] bytes, string coding)
    {
        using var packed = new MemoryStream(bytes);
        using var plain = coding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : (Stream)new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
