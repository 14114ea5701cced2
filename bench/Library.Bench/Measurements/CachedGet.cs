namespace Library.Bench.Measurements;

/// <summary>
/// A single author out of the cache, and its 304, beside a Kestrel endpoint that holds the same bytes and headers. The access log and
/// telemetry, metrics included, are off in both.
/// </summary>
internal sealed class CachedGet : IMeasurement
{
    public string Name => "cached-get";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        await using var service = await bench.CreateServiceAsync();
        // Nothing changes here, so nothing would ever be read again but for the time limit.
        service["Library__Cache__Duration"] = "01:00:00";
        service["OTEL_SDK_DISABLED"] = "true";
        var (api, _) = await service.StartAsync();
        var url = new Uri(api.Url, $"/v1/authors/{await api.CreateAuthorAsync()}");
        // The second answer is the cache's, and that one is copied.
        using (await api.Http.GetAsync(url)) { }
        await using var twin = await TwinProcess.StartAsync("copy", ("Of", url.ToString()));
        var copy = new Uri(twin.Url, url.AbsolutePath);

        var whole = await bench.CompareAsync(() => new Wrk(url).RunAsync(bench.Load), () => new Wrk(copy).RunAsync(bench.Load));
        var unchanged = await bench.CompareAsync(
            () => new Wrk(url, headers: ("If-None-Match", "\"1\"")).RunAsync(bench.Load),
            () => new Wrk(copy, headers: ("If-None-Match", "\"1\"")).RunAsync(bench.Load));
        return
        [
            new("cached GET ÷ bare Kestrel, same bytes and headers", "requests/s", whole[0], whole[1], Goal.RatioAtLeast(0.92)),
            new("304 ÷ bare Kestrel 304", "requests/s", unchanged[0], unchanged[1], Goal.RatioAtLeast(0.95)),
        ];
    }
}
