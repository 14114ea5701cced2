using Library.Testing.Hosts;

namespace Library.Bench.Measurements;

/// <summary>Single authors that are in no cache, beside a Kestrel endpoint with a prepared statement that writes the same bytes. Telemetry is off in both.</summary>
internal sealed class UncachedGet : IMeasurement
{
    /// <summary>More than are asked for within the cache's time, so that each is read anew.</summary>
    private const int Authors = 50_000;

    public string Name => "uncached-get";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        await using var service = await bench.CreateServiceAsync();
        service["Library__Cache__Duration"] = "00:00:01";
        service["OTEL_SDK_DISABLED"] = "true";
        var (api, _) = await service.StartAsync();
        var paths = await InsertAsync(service);
        await using var twin = await TwinProcess.StartAsync("read", ("Postgres", service.Postgres));
        await CheckAsync(api, twin, paths[0]);

        var script = Wrk.PathsScript(paths);
        var sides = await bench.CompareAsync(
            () => new Wrk(api.Url, script).RunAsync(bench.Load),
            () => new Wrk(twin.Url, script).RunAsync(bench.Load));
        return [new("uncached GET ÷ Kestrel + prepared Npgsql", "requests/s", sides[0], sides[1], Goal.RatioAtLeast(0.90))];
    }

    /// <summary>Rows alone: reading needs no events.</summary>
    private static async Task<string[]> InsertAsync(LibraryService service)
    {
        var ids = Enumerable.Range(0, Authors).Select(_ => Guid.CreateVersion7()).ToArray();
        await using var insert = service.Database.CreateCommand("""
            insert into authors (id, state, heading, name_key, search, version, position)
            select id, json_build_object('id', id, 'name', 'Author ' || n, 'bio', 'Wrote about ' || repeat(n::text || ' things, ', 8), 'birthDate', date '1900-01-01' + (n % 36500)::integer), 'Author ' || n, 'author ' || n, to_tsvector('simple', 'author ' || n), 1, 0
            from unnest($1) with ordinality as a (id, n)
            """);
        insert.Parameters.Add(new Npgsql.NpgsqlParameter<Guid[]> { TypedValue = ids });
        await insert.ExecuteNonQueryAsync();
        await using var analyze = service.Database.CreateCommand("vacuum analyze authors");
        await analyze.ExecuteNonQueryAsync();
        return Array.ConvertAll(ids, id => $"/v1/authors/{id}");
    }

    private static async Task CheckAsync(HostProcess api, HostProcess twin, string path)
    {
        var answers = await Task.WhenAll(api.Http.GetStringAsync(new Uri(path, UriKind.Relative)), twin.Http.GetStringAsync(new Uri(path, UriKind.Relative)));
        if (answers[0] != answers[1]) throw new InvalidOperationException($"The twin writes other bytes:\n{answers[0]}\n{answers[1]}");
    }
}
