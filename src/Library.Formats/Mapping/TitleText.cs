using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>A title out of 245, 246, 240 or 130: title proper, remainder, number and name of a part.</summary>
internal static class TitleText
{
    /// <summary>Empty where there is none.</summary>
    public static string Of(MarcField field, FieldText text)
    {
        var (title, archival) = ("", "");
        foreach (var subfield in field.Subfields)
        {
            if (subfield.Code == 'k' && archival.Length == 0) archival = text.Of(subfield);
            if (subfield.Code is not ('a' or 'b' or 'n' or 'p') || text.Of(subfield) is not { Length: > 0 } part) continue;
            var mark = text.IsExact || Isbd.EndsWithMark(title) ? "" : subfield.Code == 'b' ? " :" : ".";
            title = title.Length == 0 ? part : string.Concat(title, mark, " ", part);
        }

        // Archives describe by form: "Records".
        if (title.Length == 0) title = archival;
        return !text.IsExact && string.IsNullOrWhiteSpace(title) ? "" : text.Ended(title);
    }
}

/// <summary>A subject out of 600 to 651: the heading, and its divisions behind <c> -- </c>.</summary>
internal static class SubjectText
{
    public const string Separator = " -- ";

    public static string Of(MarcField field, FieldText text)
    {
        var subject = "";
        foreach (var subfield in field.Subfields)
        {
            var isDivision = subfield.Code is 'x' or 'y' or 'z' or 'v';
            if (!isDivision && !IsHeading(subfield.Code, field.Tag)) continue;
            if (text.Of(subfield) is not { Length: > 0 } part) continue;
            subject = subject.Length == 0 ? part : isDivision ? string.Concat(text.Ended(subject), Separator, part) : string.Concat(subject, " ", part);
        }

        return text.Ended(subject);
    }

    // Names and titles have more parts than topics have.
    private static bool IsHeading(char code, string tag) => code == 'a' || (tag is "600" or "610" or "611" or "630" && "bcdnpqt".Contains(code, StringComparison.Ordinal));
}
