using System.Globalization;
using System.Text.Json.Nodes;
using Library.EndToEnd.ImportFiles;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Files of which every third line is bad, each in a way of its own (seeded): exactly the good lines go in, each bad one is named with its line and reason.</summary>
public sealed class ImportFileTests(TestServers servers)
{
    private static readonly int Lines = int.Parse(Environment.GetEnvironmentVariable("LIBRARY_IMPORT_LINES") ?? "10000", CultureInfo.InvariantCulture);

    private static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("LIBRARY_IMPORT_SEED") ?? "1", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("ndjson")]
    [InlineData("csv")]
    public async Task Exactly_the_good_lines_go_in_and_each_bad_one_can_be_mended_and_sent_again(string name)
    {
        IFileFormat format = name == "csv" ? new CsvFile() : new NdJsonFile();
        await using var service = await LibraryService.CreateAsync(servers);
        var (api, _) = await service.StartAsync();
        (await api.EndOfImportAsync(await api.ImportAsync(NdJson(GoodRecords.Before)))).ShouldBe("succeeded 2/0/0");
        var file = HostileFile.Of(format, Lines, Seed);
        var good = file.Lines.Where(line => line.IsApplied).ToArray();
        var bad = file.Lines.Where(line => line.Problem is not null).ToArray();

        var accepted = await api.ImportAsync(new ByteArrayContent(file.Bytes), type: format.MediaType);
        (await api.EndOfImportAsync(accepted)).ShouldBe($"succeeded {good.Length - GoodRecords.Before.Length}/{GoodRecords.Before.Length}/{bad.Length}");
        var refused = await api.RefusedAsync(accepted.Id);
        foreach (var (line, told) in bad.Zip(refused))
        {
            (told.Line, told.Kind).ShouldBe((line.Number, line.Problem), $"{line.What}: {told.Problem}");
            told.Problem.GetRawText().ShouldContain(line.Named, Case.Sensitive, line.What);
            format.IsShownAs(line, told.Record).ShouldBeTrue($"{line.What} is shown as {told.Record}");
        }

        refused.Count.ShouldBe(bad.Length);
        await ShouldHoldAsync(api, good);

        var mended = bad.Where(line => line.Record is not null).ToArray();
        (await api.EndOfImportAsync(await api.ImportAsync(NdJson(mended.Select(line => line.Record!))))).ShouldBe($"succeeded {mended.Length}/0/0");
        await ShouldHoldAsync(api, [.. good, .. mended]);
    }

    private static string NdJson(IEnumerable<JsonObject> records) => string.Concat(records.Select(record => record.ToJsonString() + "\n"));

    private static async Task ShouldHoldAsync(HostProcess api, FileLine[] lines)
    {
        var exported = (await api.ExportAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.ToJsonString()).Order(StringComparer.Ordinal).ToArray();
        var expected = lines.Select(line => Ids.Exported(line.Record!)).Order(StringComparer.Ordinal).ToArray();
        expected.Except(exported).ShouldBeEmpty();
        exported.Except(expected).ShouldBeEmpty();
        exported.Length.ShouldBe(expected.Length);
    }
}
