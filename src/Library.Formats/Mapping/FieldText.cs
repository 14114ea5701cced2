using System.Text;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>How text is taken out of the fields of a record.</summary>
/// <param name="IsExact">To the last blank: the catalog wrote it itself.</param>
/// <param name="HasPunctuation">Marks of ISBD stand between the parts, and at the end of the last one.</param>
internal sealed record FieldText(bool IsExact, bool HasPunctuation)
{
    public string Of(MarcSubfield subfield, bool keepLines = false) =>
        IsExact ? subfield.Value : keepLines ? MappingText.TidyLines(subfield.Value) : MappingText.Tidy(subfield.Value);

    /// <summary>Without the mark at its end.</summary>
    public string Ended(string text) => HasPunctuation ? Isbd.Strip(text) : text;

    /// <summary>The subfields with these codes, a blank between them.</summary>
    public string Joined(MarcField field, string codes, bool keepLines = false)
    {
        string? first = null;
        StringBuilder? joined = null;
        foreach (var subfield in field.Subfields)
        {
            if (!codes.Contains(subfield.Code, StringComparison.Ordinal) || Of(subfield, keepLines) is not { Length: > 0 } text) continue;
            if (first is null) first = text;
            else (joined ??= new StringBuilder(first)).Append(' ').Append(text);
        }

        return joined?.ToString() ?? first ?? "";
    }
}

/// <summary>Texts of several fields, a line each, as far as they fit a description.</summary>
internal sealed class Paragraphs
{
    /// <summary>null: there is none.</summary>
    public string? Text { get; private set; }

    public bool Add(string paragraph)
    {
        if (paragraph.Length == 0) return false;
        var text = Text is null ? paragraph : $"{Text}\n{paragraph}";
        if (!MappingText.Fits(text, Limits.Description)) return false;
        Text = text;
        return true;
    }
}
