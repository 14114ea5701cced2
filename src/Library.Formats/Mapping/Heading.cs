using System.Text;
using Library.Contracts.Values;
using Library.Formats.Dates;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>The name of somebody as catalogs write it: X00 a person or family, X10 a corporate body, X11 a meeting.</summary>
internal sealed class Heading
{
    public const string Person = "person";
    private const string Family = "family";
    private const string Organization = "organization";
    private const string Meeting = "meeting";

    private static readonly string[] Generations = ["jr", "sr", "ii", "iii", "iv", "filho", "neto", "fils", "père"];

    private Heading(string kind, string key, string name, string? sortName, string? fullName, LifeDates dates)
    {
        (Kind, Key, Name, SortName, FullName, Dates) = (kind, key, name, sortName, fullName, dates);
    }

    public string Kind { get; }

    public string Key { get; }

    /// <summary>In direct order, without dates.</summary>
    public string Name { get; }

    /// <summary>Inverted, without dates; null: as the name.</summary>
    public string? SortName { get; }

    /// <summary>The fuller form of forenames ($q) with the surname; null: there is none.</summary>
    public string? FullName { get; }

    public LifeDates Dates { get; }

    /// <summary>null: nobody is named.</summary>
    public static Heading? Of(MarcField field) => field.Tag.AsSpan(1) switch
    {
        "00" => OfPerson(Parts.Of(field, "abcdq"), field.Indicator1),
        "10" => OfBody(Parts.Of(field, "abndc"), Organization),
        "11" => OfBody(Parts.Of(field, "aqendc"), Meeting),
        _ => null,
    };

    public static string KindOf(MarcField field) => field.Tag.AsSpan(1) switch
    {
        "10" => Organization,
        "11" => Meeting,
        _ => field.Indicator1 == '3' ? Family : Person,
    };

    /// <summary>A heading in one text, as the other script of a name: without dates, in direct order.</summary>
    public static string? NameOf(MarcField field, string linkedTag) => linkedTag.AsSpan(1) switch
    {
        "00" => OfPerson(Parts.Of(field, "abcdq"), field.Indicator1)?.Name,
        "10" => OfBody(Parts.Of(field, "abndc"), Organization)?.Name,
        "11" => OfBody(Parts.Of(field, "aqendc"), Meeting)?.Name,
        _ => null,
    };

    private static Heading? OfPerson(Parts parts, char form)
    {
        var main = Isbd.Strip(parts.First('a'));
        if (main.Length == 0) return null;
        var kind = form == '3' ? Family : Person;
        var numeral = Isbd.Strip(parts.First('b'));
        var titles = Isbd.Strip(parts.All('c'));
        var fuller = Isbd.Strip(parts.First('q'));
        // A comma parts surname and forenames; scripts that write the surname first anyway keep their order.
        var comma = form is '0' or '3' ? -1 : main.AsSpan().IndexOfAny(',', '،');
        var isInverted = comma > 0 && comma < main.Length - 1 && !WritesSurnameFirst(main);
        var direct = isInverted ? Invert(main, comma) : main;
        var behind = titles.Length == 0 ? "" : IsGeneration(titles) ? " " + titles : ", " + titles;
        var name = Join(direct, numeral) + behind;
        var sorted = Join(Join(main, numeral) + (titles.Length == 0 ? "" : ", " + titles), fuller);
        return new Heading(
            kind,
            HeadingKey.Of(kind, parts.Joined),
            name,
            sorted == name ? null : sorted,
            isInverted && fuller.Length > 0 ? Join(fuller.Trim('(', ')', ' '), main[..comma].Trim()) : null,
            kind == Person ? LifeDates.Parse(parts.First('d')) : default);
    }

    private static Heading? OfBody(Parts parts, string kind)
    {
        var name = new StringBuilder();
        foreach (var (code, text) in parts.List)
        {
            // Parts of a body are sentences, unless the record has given them their own marks, as with "(3rd : 1999 : Paris)".
            if (name.Length > 0) name.Append(code is 'b' or 'e' && !Isbd.EndsWithMark(name.ToString()) ? ". " : " ");
            name.Append(text);
        }

        var stripped = Isbd.Strip(name.ToString());
        return stripped.Length == 0 ? null : new Heading(kind, HeadingKey.Of(kind, parts.Joined), stripped, null, null, default);
    }

    private static string Invert(string main, int comma)
    {
        var surname = main[..comma].Trim();
        var forenames = main[(comma + 1)..].Trim();
        var second = forenames.AsSpan().IndexOfAny(',', '،');
        return second < 0 ? $"{forenames} {surname}" : $"{forenames[..second].Trim()} {surname} {forenames[(second + 1)..].Trim()}";
    }

    private static string Join(string one, string other) => other.Length == 0 ? one : $"{one} {other}";

    private static bool IsGeneration(string titles) => Generations.Contains(titles.TrimEnd('.'), StringComparer.OrdinalIgnoreCase);

    // Han, Kana, Hangul.
    private static bool WritesSurnameFirst(string text) =>
        text.AsSpan().IndexOfAnyInRange('\u2E80', '\u9FFF') >= 0 || text.AsSpan().IndexOfAnyInRange('\uAC00', '\uD7AF') >= 0 || text.AsSpan().IndexOfAnyInRange('\uF900', '\uFAFF') >= 0;
}

/// <summary>Those subfields of a heading that name somebody, tidied.</summary>
internal readonly struct Parts
{
    private Parts(List<(char Code, string Text)> list) => List = list;

    public List<(char Code, string Text)> List { get; }

    public string Joined
    {
        get
        {
            var builder = new StringBuilder(64);
            foreach (var (_, text) in List) builder.Append(text).Append(' ');
            return builder.ToString();
        }
    }

    public static Parts Of(MarcField field, string codes)
    {
        var list = new List<(char Code, string Text)>(4);
        foreach (var subfield in field.Subfields)
            if (codes.Contains(subfield.Code, StringComparison.Ordinal) && MappingText.Tidy(subfield.Value) is { Length: > 0 } text) list.Add((subfield.Code, text));
        return new Parts(list);
    }

    public string First(char code)
    {
        foreach (var part in List)
            if (part.Code == code) return part.Text;
        return "";
    }

    public string All(char code)
    {
        var (count, first) = (0, "");
        foreach (var part in List)
            if (part.Code == code && count++ == 0) first = part.Text;
        return count < 2 ? first : string.Join(' ', List.Where(part => part.Code == code).Select(part => part.Text));
    }
}
