using System.Text;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>A title out of 245, 246, 240 or 130: title proper, remainder, number and name of a part.</summary>
internal static class TitleText
{
    /// <summary>Empty where there is none.</summary>
    public static string Of(MarcField field, FieldText text)
    {
        string? first = null;
        StringBuilder? joined = null;
        var archival = "";
        foreach (var subfield in field.Subfields)
        {
            if (subfield.Code == 'k' && archival.Length == 0) archival = text.Of(subfield);
            if (subfield.Code is not ('a' or 'b' or 'n' or 'p') || text.Of(subfield) is not { Length: > 0 } part) continue;
            if (first is null)
            {
                first = part;
                continue;
            }

            joined ??= new StringBuilder(first);
            if (!text.IsExact && !Isbd.EndsWithMark(joined.ToString())) joined.Append(subfield.Code == 'b' ? " :" : ".");
            joined.Append(' ').Append(part);
        }

        // Archives describe by form: "Records".
        var title = joined?.ToString() ?? first ?? archival;
        return !text.IsExact && string.IsNullOrWhiteSpace(title) ? "" : text.Ended(title);
    }
}

/// <summary>A subject out of 600 to 651: the heading, and its divisions behind <c> -- </c>.</summary>
internal static class SubjectText
{
    public const string Separator = " -- ";

    public static string Of(MarcField field, FieldText text)
    {
        string? first = null;
        StringBuilder? joined = null;
        foreach (var subfield in field.Subfields)
        {
            var isDivision = subfield.Code is 'x' or 'y' or 'z' or 'v';
            if (!isDivision && !IsHeading(subfield.Code, field.Tag)) continue;
            if (text.Of(subfield) is not { Length: > 0 } part) continue;
            if (first is null)
            {
                first = part;
                continue;
            }

            joined ??= new StringBuilder(first);
            if (isDivision)
            {
                Shorten(joined, text);
                joined.Append(Separator);
            }
            else
            {
                joined.Append(' ');
            }

            joined.Append(part);
        }

        return text.Ended(joined?.ToString() ?? first ?? "");
    }

    // Names and titles have more parts than topics have.
    private static bool IsHeading(char code, string tag) => code == 'a' || (tag is "600" or "610" or "611" or "630" && "bcdnpqt".Contains(code, StringComparison.Ordinal));

    private static void Shorten(StringBuilder joined, FieldText text)
    {
        var before = joined.ToString();
        if (text.Ended(before) is var ended && ended.Length < before.Length) joined.Length = ended.Length;
    }
}
