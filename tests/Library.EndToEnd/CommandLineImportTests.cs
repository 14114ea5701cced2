using System.Text.Json;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Catalogs in and out by the command line; each test has a service of its own, since it looks at the whole catalog.</summary>
public sealed class CommandLineImportTests(TestServers servers) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("library-cli-").FullName;
    private LibraryService _service = null!;
    private HostProcess _api = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await LibraryService.CreateAsync(servers);
        (_api, _) = await _service.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_catalog_goes_in_and_comes_out_again_and_is_all_there_already()
    {
        var (code, output, errors) = await RunAsync("import", Catalog(200), "--watch");
        code.ShouldBe(0, errors);
        output.ShouldContain("succeeded, 400 of 400 records: 400 applied, 0 unchanged, 0 refused");

        var export = Path.Combine(_folder, "export.ndjson");
        (await RunAsync("export", "-o", export)).Code.ShouldBe(0);
        (await RunAsync("export")).Output.ShouldBe(await File.ReadAllTextAsync(export));

        (await RunAsync("import", export, "--watch")).Output.ShouldContain("succeeded, 400 of 400 records: 0 applied, 400 unchanged, 0 refused");
    }

    [Theory]
    [InlineData(".csv")]
    [InlineData(".ndjson")]
    public async Task An_export_is_imported_through_a_pipe(string extension)
    {
        (await RunAsync("import", Catalog(20), "--watch")).Code.ShouldBe(0);
        var export = Path.Combine(_folder, "export" + extension);
        (await RunAsync("export", "-o", export)).Code.ShouldBe(0);

        using var import = CommandLine.Start(_api.Url, "import", "-", "--format", extension[1..], "--watch", "--json");
        await import.Input.WriteAsync(await File.ReadAllTextAsync(export));
        import.Input.Close();
        var states = (await import.Output.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (await import.EndAsync()).ShouldBe(0);
        JsonDocument.Parse(states[^1]).RootElement.GetProperty("unchanged").GetInt64().ShouldBe(40);
    }

    [Fact]
    public async Task The_same_file_again_is_the_same_import_unless_it_is_to_be_a_new_one()
    {
        var file = Catalog(20);
        var first = await ImportAsync(file);
        var again = await ImportAsync(file);
        var fresh = await ImportAsync(file, "--new");

        again.GetProperty("id").GetGuid().ShouldBe(first.GetProperty("id").GetGuid());
        fresh.GetProperty("id").GetGuid().ShouldNotBe(first.GetProperty("id").GetGuid());
        fresh.GetProperty("unchanged").GetInt64().ShouldBe(40);
    }

    [Fact]
    public async Task What_is_refused_is_told_mended_and_sent_again()
    {
        var file = Catalog(2);
        await File.AppendAllTextAsync(file, """{"type":"author","key":"bad","name":" "}""" + "\n");
        var (code, output, errors) = await RunAsync("import", file, "--watch");
        code.ShouldBe(4, errors);
        output.ShouldContain("4 applied, 0 unchanged, 1 refused");

        var id = output.Split(' ', ':')[1];
        (await RunAsync("refused", id)).Output.ShouldStartWith("line 5: ");
        var mended = Path.Combine(_folder, "mended.ndjson");
        await File.WriteAllTextAsync(mended, (await RunAsync("refused", id, "--records")).Output.Replace("\" \"", "\"Good\"", StringComparison.Ordinal));
        (await RunAsync("import", mended, "--watch")).Output.ShouldContain("1 of 1 records: 1 applied");
    }

    [Fact]
    public async Task An_import_is_listed_and_undone()
    {
        var import = await ImportAsync(Catalog(5));
        var id = import.GetProperty("id").GetString()!;
        (await RunAsync("imports")).Output.ShouldStartWith(id + "\t");

        (await RunAsync("imports", id, "undo", "--watch")).Output.ShouldContain("undo succeeded, 10 taken back, 0 kept");
        (await RunAsync("export")).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_command_that_was_killed_while_sending_goes_on_as_the_same_import()
    {
        var file = Catalog(10_000);
        await using var link = new Link(_api.Url.Host, _api.Url.Port);
        using (var killed = CommandLine.Start(new UriBuilder(Uri.UriSchemeHttp, "localhost", link.Port).Uri, "import", file, "--watch"))
        {
            await Eventually.HoldsAsync(async () => (await _api.GetAsync("/v1/imports")).Body.GetProperty("items").GetArrayLength() == 1, "the upload has begun");
            killed.Kill();
        }

        var import = await ImportAsync(file, "--url", $"http://localhost:{link.Port}");
        import.GetProperty("applied").GetInt64().ShouldBe(20_000);
        (await _api.GetAsync("/v1/imports")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    /// <summary>So many authors and books.</summary>
    private string Catalog(int size)
    {
        var file = Path.Combine(_folder, $"catalog-{size}.ndjson");
        File.WriteAllLines(file, Enumerable.Range(0, size).SelectMany(i => new[]
        {
            $$"""{"type":"book","key":"b{{i}}","title":"Łódź, “{{i}}”; 👀","authorKeys":["a{{i}}"]}""",
            $$"""{"type":"author","key":"a{{i}}","name":"Author {{i}}","bio":"Two\nlines"}""",
        }));
        return file;
    }

    /// <returns>How it ended.</returns>
    private async Task<JsonElement> ImportAsync(string file, params string[] options)
    {
        var (code, output, errors) = await RunAsync(["import", file, "--watch", "--json", .. options]);
        code.ShouldBe(0, errors);
        return JsonDocument.Parse(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]).RootElement;
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) => CommandLine.RunAsync(_api.Url, arguments);
}
