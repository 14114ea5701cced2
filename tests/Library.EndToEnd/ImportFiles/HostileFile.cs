using System.Text;
using System.Text.Json.Nodes;

namespace Library.EndToEnd.ImportFiles;

/// <summary>A file of good, bad and blank lines in random order, all of which is known. The same for the same seed.</summary>
internal sealed class HostileFile
{
    private static readonly string[] LineEnds = ["\n", "\n", "\r\n", "\r"];

    private readonly List<byte> _bytes = [];

    private HostileFile()
    {
    }

    public byte[] Bytes => [.. _bytes];

    public List<FileLine> Lines { get; } = [];

    public static HostileFile Of(IFileFormat format, int lines, int seed)
    {
        var random = new Random(seed);
        var records = new GoodRecords(random);
        var rows = Bad(format, records, random, lines / 3);
        rows.AddRange(Enumerable.Range(0, GoodRecords.Named).Select(i => Good(format, GoodRecords.NamedAuthor(i), random)));
        rows.AddRange(GoodRecords.Before.Select(record => Good(format, record, random)));
        rows.AddRange(Enumerable.Repeat(0, lines / 50).Select(_ => FileLine.Blank with { Row = Encoding.UTF8.GetBytes(random.GetItems(["", " ", " \t "], 1)[0]) }));
        while (rows.Count < lines) rows.Add(Good(format, records.Next(random.Next(3) == 0 ? "author" : "book"), random));
        var inOrder = rows.ToArray();
        random.Shuffle(inOrder);

        var file = new HostileFile();
        file.Write(inOrder, format, records, random);
        return file;
    }

    private static List<FileLine> Bad(IFileFormat format, GoodRecords records, Random random, int count)
    {
        var rows = new List<FileLine>();
        for (var round = 0; rows.Count < count; round++)
        {
            foreach (var spoiling in format.Spoilings.Where(spoiling => round < spoiling.AtMost))
            {
                var record = records.NextPlain(spoiling.Type);
                rows.Add(new FileLine(spoiling.What, spoiling.Spoil(record, format, random), record, spoiling.Problem, spoiling.Named));
            }
        }

        return rows;
    }

    private static FileLine Good(IFileFormat format, JsonObject record, Random random) => new("good", Encoding.UTF8.GetBytes(format.Row(record, random)), record);

    private void Write(FileLine[] rows, IFileFormat format, GoodRecords records, Random random)
    {
        var line = 1L;
        if (format.Header is { } header) Add(new FileLine("header", Encoding.UTF8.GetBytes(header), null));
        else _bytes.AddRange("\ufeff"u8);
        var superseded = new Dictionary<int, JsonObject>();
        foreach (var row in rows)
        {
            Add(row);
            // A quote that is left open must meet another one that can't close it: then it is known which line is to blame.
            if (row.Named == "quote") Add(new FileLine("good", Encoding.UTF8.GetBytes(Quoted(records.NextPlain("author"), out var record)), record));
            // The same once more, with other words: the last line counts.
            if (row.IsApplied && row.Record!["key"] is { } key && ((string)key!).StartsWith('k') && random.Next(40) == 0)
            {
                var again = GoodRecords.With(row.Record, (string)row.Record["type"]! == "author" ? "name" : "title", "Counts");
                Lines[^1] = Lines[^1] with { What = "superseded", Record = null, Problem = "superseded", Named = $"Line {line} " };
                Add(new FileLine("good", Encoding.UTF8.GetBytes(format.Row(again, random)), again));
            }
        }

        // Half a line, and no end of it.
        _bytes.AddRange(format.Header is null ? "{\"type\":\"aut"u8 : "auth"u8);
        Lines.Add(new FileLine("the end", format.Header is null ? [.. "{\"type\":\"aut"u8] : [.. "auth"u8], null, "malformed") { Number = line });

        void Add(FileLine row)
        {
            // A line feed on a blank line would belong to the carriage return before it.
            var end = row.Row.Length == 0 ? "\r\n" : LineEnds[random.Next(LineEnds.Length)];
            _bytes.AddRange(row.Row);
            _bytes.AddRange(Encoding.UTF8.GetBytes(end));
            Lines.Add(row with { Number = line });
            line += 1 + LineEndsIn(Encoding.UTF8.GetString(row.Row));
        }

        string Quoted(JsonObject record, out JsonObject same)
        {
            same = record;
            return format.Row(record, new Quoting());
        }
    }

    private static int LineEndsIn(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Count(c => c is '\n' or '\r');

    /// <summary>Always the rarest choice, so that every field of CSV is quoted.</summary>
    private sealed class Quoting : Random
    {
        public override int Next(int maxValue) => 0;
    }
}
