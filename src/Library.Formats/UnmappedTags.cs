using System.Globalization;

namespace Library.Formats;

/// <summary>How many fields of a file were left out, by tag (in a dump: records, by type): no place in the catalog, or nothing in them that can be taken.</summary>
public sealed class UnmappedTags
{
    private readonly long[] numeric = new long[1000];
    private readonly Dictionary<string, long> others = [];

    /// <summary>Counts a field.</summary>
    public void Add(string tag)
    {
        if (Number(tag) is >= 0 and var number) numeric[number]++;
        else others[tag] = others.GetValueOrDefault(tag) + 1;
    }

    /// <summary>The counts so far, by tag in order.</summary>
    public IReadOnlyDictionary<string, long> ToDictionary()
    {
        var counts = new SortedDictionary<string, long>(others, StringComparer.Ordinal);
        for (var tag = 0; tag < numeric.Length; tag++)
            if (numeric[tag] > 0) counts[tag.ToString("000", CultureInfo.InvariantCulture)] = numeric[tag];
        return counts;
    }

    internal static int Number(string tag) =>
        tag is [>= '0' and <= '9' and var a, >= '0' and <= '9' and var b, >= '0' and <= '9' and var c] ? ((a - '0') * 100) + ((b - '0') * 10) + c - '0' : -1;
}
