using System.Text.RegularExpressions;
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
                if (mapped.Refusal is { } refusal) refused.Add($"{Path.GetFileName(file)}: {refusal}");
                else (mapped.Book is not null || mapped.Authors.Count > 0).ShouldBeTrue();
                if (Environment.GetEnvironmentVariable("LIBRARY_SHOW_MAPPED") is { Length: > 0 }) Console.WriteLine(Mapped.ToText(mapped));
            }
        }

        Console.WriteLine($"{records} records, {refused.Count} refused");
        records.ShouldBeGreaterThan(300);
        refused.ShouldBeEmpty();
    }

    [Fact]
    public async Task Yaz_sees_the_same_fields_where_it_sees_them()
    {
        foreach (var file in Peers.RealFilesOf(".xml"))
        {
            var (_, output, _) = Peers.Run("yaz-marcdump", "-i", "marcxml", "-o", "line", file);
            var peer = output.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(record => Lines(record)).Where(lines => lines.Length > 0).ToList();
            var ours = (await ReadAsync(file)).Select(item => item.Read().Lines().Select(Plain).ToArray()).ToList();
            ours.Count.ShouldBe(peer.Count, file);
            for (var i = 0; i < ours.Count; i++) ours[i].ShouldBe(peer[i], $"{file}, record {i + 1}");
        }
    }

    private static async Task<List<MarcItem>> ReadAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        return await (file.EndsWith(".xml", StringComparison.Ordinal) ? MarcXmlReader.ReadAsync(stream) : MarcReader.ReadAsync(stream)).ToListAsync();
    }

    private static string[] Lines(string record) => [.. record.Split('\n').Skip(1).Where(line => line.Length > 4).Select(line => Plain(line.Replace(" $", "$", StringComparison.Ordinal)))];

    // Ours has # for blanks, and no blanks around codes.
    private static string Plain(string line) => Blanks().Replace(line.Replace('#', ' '), "");

    [GeneratedRegex(@"\s")]
    private static partial Regex Blanks();
}
