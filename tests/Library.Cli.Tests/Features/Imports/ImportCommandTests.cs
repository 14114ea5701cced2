using System.IO.Compression;
using System.Text;
using Library.Cli.Infrastructure.CommandLine;

namespace Library.Cli.Tests.Features.Imports;

public sealed class ImportCommandTests : IAsyncLifetime
{
    private const string Records = """
        {"type":"author","key":"a","name":"Ursula"}
        {"type":"author","key":"b","name":"Stanisław"}
        {"type":"book","key":"c","title":"Solaris","authorKeys":["b"]}

        """;

    private readonly FakeImports _imports = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("library-cli-").FullName;
    private FakeService _service = null!;

    public async ValueTask InitializeAsync() => _service = await FakeService.StartAsync(_imports.Map);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_file_is_sent_compressed_and_its_import_named()
    {
        var run = await _service.RunAsync("import", File("catalog.ndjson"));

        run.Code.ShouldBe(0, run.Error);
        var upload = _imports.Uploads.ShouldHaveSingleItem();
        upload.ShouldBe(new Upload(upload.Key, "application/x-ndjson", "gzip", "", Records));
        run.Out.ShouldStartWith($"import {FakeImports.Id}: running");
    }

    [Theory]
    [InlineData("catalog.csv", "text/csv")]
    [InlineData("CATALOG.CSV", "text/csv")]
    [InlineData("catalog.txt", "application/x-ndjson")]
    public async Task The_name_tells_the_format(string name, string mediaType)
    {
        await _service.RunAsync("import", File(name));
        _imports.Uploads.Single().ContentType.ShouldBe(mediaType);
    }

    [Fact]
    public async Task What_is_compressed_is_sent_as_it_is_and_means_the_same_import()
    {
        await _service.RunAsync("import", File("catalog.ndjson"));
        await _service.RunAsync("import", Compressed("catalog.ndjson.gz"));

        var uploads = _imports.Uploads.ToArray();
        uploads[1].ShouldBe(uploads[0]);
    }

    [Fact]
    public async Task The_same_command_again_goes_on_with_the_same_import_and_says_so()
    {
        await _service.RunAsync("import", File("catalog.ndjson"));
        var again = await _service.RunAsync("import", File("copy.ndjson"));

        _imports.Uploads.DistinctBy(upload => upload.Key).ShouldHaveSingleItem();
        again.Error.ShouldContain("was sent before");
    }

    [Fact]
    public async Task Another_content_manner_or_wish_is_another_import()
    {
        await _service.RunAsync("import", File("catalog.ndjson"));
        await _service.RunAsync("import", File("other.ndjson", Records[..44]));
        await _service.RunAsync("import", File("catalog.ndjson"), "--dry-run");
        await _service.RunAsync("import", File("catalog.ndjson"), "--format", "csv");
        await _service.RunAsync("import", File("catalog.ndjson"), "--new");
        await _service.RunAsync("import", File("catalog.ndjson"), "--new");

        _imports.Uploads.Select(upload => upload.Key).ShouldBeUnique();
        _imports.Uploads.Select(upload => upload.Query).ShouldBe(["", "", "?dryRun=true", "", "", ""]);
    }

    [Fact]
    public async Task Standard_input_is_sent_as_it_comes_each_time_as_a_new_import()
    {
        for (var i = 0; i < 2; i++)
        {
            var run = await Run.OfAsync(["import", "-", "--url", _service.Url], new Dictionary<string, string>(), input: Records);
            run.Code.ShouldBe(0, run.Error);
        }

        _imports.Uploads.Select(upload => upload.Body).ShouldBe([Records, Records]);
        _imports.Uploads.Select(upload => upload.Key).ShouldBeUnique();
    }

    [Fact]
    public async Task An_upload_that_breaks_off_is_sent_again_under_its_key()
    {
        _imports.Breaks = 1;
        var run = await _service.RunAsync("import", File("catalog.ndjson", Big()));

        run.Code.ShouldBe(0, run.Error);
        run.Error.ShouldContain("is away");
        _imports.Uploads.ShouldHaveSingleItem().Body.ShouldBe(Big());
    }

    [Fact]
    public async Task A_refusal_in_the_middle_of_an_upload_is_heard()
    {
        _imports.Refusal = FakeAnswers.Problem(400, "malformed", "The header of the CSV cannot be read.");
        var run = await Run.OfAsync(["import", "-", "--url", _service.Url], new Dictionary<string, string>(), input: string.Concat(Enumerable.Repeat(Big(), 20)));

        run.Code.ShouldBe(ExitCodes.Refused, run.Error);
        run.Error.ShouldContain("The header of the CSV cannot be read.");
    }

    [Fact]
    public async Task Without_patience_an_upload_that_breaks_off_is_the_end()
    {
        _imports.Breaks = 1;
        (await _service.RunAsync("import", File("catalog.ndjson", Big()), "--patience", "0")).Code.ShouldBe(ExitCodes.Away);
    }

    [Theory]
    [InlineData("succeeded", 0, ExitCodes.Ok)]
    [InlineData("succeeded", 1, ExitCodes.Incomplete)]
    [InlineData("succeeded", 3, ExitCodes.AllRefused)]
    [InlineData("failed", 0, ExitCodes.Incomplete)]
    [InlineData("cancelled", 0, ExitCodes.Incomplete)]
    public async Task Watching_ends_with_the_import_and_tells_how_it_ended(string status, int refused, int code)
    {
        _imports.Progress.Enqueue([FakeImports.State("running", 1), FakeImports.State(status, 3 - refused, refused)]);
        var run = await _service.RunAsync("import", File("catalog.ndjson"), "--watch");

        run.Code.ShouldBe(code, run.Error);
        run.Out.ShouldBe($"import {FakeImports.Id}: {status}, 3 of 3 records: {3 - refused} applied, 0 unchanged, {refused} refused\n");
        run.Error.Contains("Every record was refused", StringComparison.Ordinal).ShouldBe(code == ExitCodes.AllRefused);
        run.Error.Contains($"library refused {FakeImports.Id}", StringComparison.Ordinal).ShouldBe(refused > 0);
    }

    [Fact]
    public async Task Watching_goes_on_through_a_broken_connection()
    {
        _imports.Progress.Enqueue([FakeImports.State("running", 1)]);
        _imports.Progress.Enqueue([FakeImports.State("running", 2), FakeImports.State("succeeded", 3)]);
        var run = await _service.RunAsync("import", File("catalog.ndjson"), "--watch", "--json");

        run.Code.ShouldBe(0, run.Error);
        run.Lines.ShouldBe([FakeImports.State("running"), FakeImports.State("running", 1), FakeImports.State("running", 2), FakeImports.State("succeeded", 3)]);
    }

    private string File(string name, string text = Records)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private string Compressed(string name)
    {
        var path = Path.Combine(_folder, name);
        using var gzip = new GZipStream(System.IO.File.Create(path), CompressionLevel.SmallestSize);
        gzip.Write(Encoding.UTF8.GetBytes(Records));
        return path;
    }

    /// <summary>More than the buffers on the way hold, and hardly to be compressed.</summary>
    private static string Big()
    {
        var random = new byte[4 * 1024 * 1024];
        new Random(7).NextBytes(random);
        return Convert.ToBase64String(random);
    }
}
