using System.Text.RegularExpressions;
using Library.Formats.Mapping;
using Library.Formats.Marc;

namespace Library.Formats.Tests;

/// <summary>Files of real libraries, where they are.</summary>
public partial class RealFileTests
{
    [Fact]
    public async Task Every_record_of_every_file_is_read_and_mapped()
    {
        var (records, refused) = (0, new List<string>());
        foreach (var file in Peers.RealFilesOf(".mrc").Concat(Peers.RealFilesOf(".xml")))
        {
            var mapper = new MarcMapper(Mapped.Today);
            foreach (var item in await ReadAsync(file))
            {
                records++;
                var mapped = mapper.Map(item);
                // Some files hold parts of records, to show one rule each.
                if (mapped.Refusal is { } refusal && (item.Record is null || item.Record.Fields.Any(field => field.Tag == "245"))) refused.Add($"{Path.GetFileName(file)}: {refusal}");
                if (Environment.GetEnvironmentVariable("LIBRARY_SHOW_MAPPED") is { Length: > 0 }) Console.WriteLine(Mapped.ToText(mapped));
            }
        }

        Console.WriteLine($"{records} records, {refused.Count} refused");
        records.ShouldBeGreaterThan(300);
        // Two say of themselves that they are deleted.
        refused.ShouldAllBe(refusal => refusal.Contains("leader/05", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Yaz_sees_the_same_fields_where_it_sees_them()
    {
        foreach (var file in Peers.RealFilesOf(".xml"))
        {
            var (_, output, _) = Peers.Run("yaz-marcdump", "-i", "marcxml", "-o", "line", file);
            var peer = output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(Lines).Where(lines => lines.Length > 0).ToList();
            var records = (await ReadAsync(file)).Select(item => item.Read()).ToList();
            var ours = records.Select(record => string.Join('\n', record.Lines().Select(Plain))).ToList();
            // Of records without a leader it leaves some out.
            if (records.TrueForAll(record => char.IsAsciiDigit(record.Leader[0]))) ours.Count.ShouldBe(peer.Count, file);
            foreach (var record in peer) ours.ShouldContain(string.Join('\n', record), file);
        }
    }

    private static async Task<List<MarcItem>> ReadAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        return await (file.EndsWith(".xml", StringComparison.Ordinal) ? MarcXmlReader.ReadAsync(stream) : MarcReader.ReadAsync(stream)).ToListAsync();
    }

    private static string[] Lines(string record) => [.. record.Split('\n').Where(line => line.Length > 4 && line[3] == ' ' && line[..3].All(char.IsAsciiDigit)).Select(line => Plain(line.Replace(" $", "$", StringComparison.Ordinal)))];

    // Ours has # for blanks, no blanks around codes, and no subfields without text.
    private static string Plain(string line) => Empty().Replace(Blanks().Replace(line.Replace('#', ' '), ""), "");

    [GeneratedRegex(@"\$.(?=\$|$)")]
    private static partial Regex Empty();

    [GeneratedRegex(@"\s")]
    private static partial Regex Blanks();
}
