using System.Globalization;
using Library.Contracts.Values;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>A contributor as 1XX or 7XX: a heading that other catalogs read, and behind it what no heading can say.</summary>
internal sealed class ExportedHeading(MappedAuthor author, string role, int number, bool isMain, bool isFirstOfAuthor)
{
    public bool IsMain => isMain;

    private string Tag => (isMain ? "1" : "7") + author.Kind switch { "organization" => "10", "meeting" => "11", _ => "00" };

    private string Occurrence => number.ToString("00", CultureInfo.InvariantCulture);

    private bool HasScripts => isFirstOfAuthor && author.AlternateNames.Count > 0 && number < 100;

    public void AddTo(MarcRecordBuilder builder)
    {
        var heading = Readable();
        // What the heading alone would be read as; where that is not the author, $9 says it.
        var read = OwnRecord.Author(Field(heading), author.Id!.Value);
        Write(builder, heading);
        if (read?.Name != author.Name) builder.Sub('9', OwnRecord.NameLabel + author.Name);
        if (read?.SortName != author.SortName) builder.Sub('9', OwnRecord.SortLabel + author.SortName);
        if (read?.BirthDate != author.BirthDate) builder.Sub('9', OwnRecord.BirthLabel + author.BirthDate);
        if (read?.DeathDate != author.DeathDate) builder.Sub('9', OwnRecord.DeathLabel + author.DeathDate);
    }

    /// <summary>Other forms of the name, each an 880 linked to this heading.</summary>
    public void AddScriptsTo(MarcRecordBuilder builder)
    {
        if (!HasScripts) return;
        foreach (var name in author.AlternateNames) builder.Data("880", author.Kind == "family" ? '3' : '0').Sub('6', $"{Tag}-{Occurrence}").Sub('a', name);
    }

    private (char Form, string Main, string Fuller, string Dates) Readable()
    {
        if (author.Kind != Heading.Person) return (author.Kind == "family" ? '3' : '2', author.Name, "", "");
        var dates = HeadingDates.Of(author.BirthDate, author.DeathDate);
        if (author.SortName is not { } sorted || !sorted.Contains(',', StringComparison.Ordinal)) return ('0', author.Name, "", dates);
        var open = sorted.IndexOf(" (", StringComparison.Ordinal);
        return open > 0 && sorted[^1] == ')' ? ('1', sorted[..open], sorted[(open + 1)..], dates) : ('1', sorted, "", dates);
    }

    private MarcField Field((char, string, string, string) heading)
    {
        var builder = new MarcRecordBuilder();
        Write(builder, heading);
        return builder.Build().Fields is [var field] ? field : throw new InvalidOperationException("An author of the catalog has a name.");
    }

    private void Write(MarcRecordBuilder builder, (char Form, string Main, string Fuller, string Dates) heading)
    {
        builder.Data(Tag, heading.Form);
        if (HasScripts) builder.Sub('6', $"880-{Occurrence}");
        builder.Sub('a', heading.Main).Sub('q', heading.Fuller).Sub('d', heading.Dates).Sub('4', role).Sub('0', OwnRecord.IdPrefix + author.Id!.Value.ToString("D"));
    }
}

/// <summary>Dates in the words of headings, as far as those have words for them.</summary>
internal static class HeadingDates
{
    public static string Of(EdtfDate? birth, EdtfDate? death)
    {
        var (born, died) = (Words(birth), Words(death));
        return born.Length == 0 && died.Length == 0 ? "" : $"{born}-{died}";
    }

    private static string Words(EdtfDate? date)
    {
        if (date is not { } known) return "";
        var (text, before, behind) = known.Text switch
        {
            [.. var plain, '~'] => (plain, "approximately ", ""),
            [.. var plain, '?'] => (plain, "", "?"),
            var plain => (plain, "", ""),
        };
        // Of a day or month the year is told; what is no plain year has no words here.
        if (text.Length > 4 && text[4] == '-') text = text[..4];
        if (text.Length == 4 && text.All(char.IsAsciiDigit) && text != "0000") return before + text + behind;
        return text.Length == 5 && text[1..].All(char.IsAsciiDigit)
            ? string.Create(CultureInfo.InvariantCulture, $"{before}{int.Parse(text.AsSpan(1), CultureInfo.InvariantCulture) + 1} BC{behind}")
            : "";
    }
}
