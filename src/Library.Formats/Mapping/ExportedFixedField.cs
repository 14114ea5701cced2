namespace Library.Formats.Mapping;

/// <summary>008 of an exported record: dates and language for readers that look nowhere else.</summary>
internal static class ExportedFixedField
{
    private const string NoAttempt = "||||||";
    private const string Unknown = "uuuu";

    // 639-2/B, which MARC uses, where it differs from 639-3.
    private static readonly Dictionary<string, string> MarcLanguages = new()
    {
        ["sqi"] = "alb", ["hye"] = "arm", ["eus"] = "baq", ["mya"] = "bur", ["zho"] = "chi", ["ces"] = "cze", ["nld"] = "dut", ["fra"] = "fre", ["kat"] = "geo", ["deu"] = "ger",
        ["ell"] = "gre", ["isl"] = "ice", ["mkd"] = "mac", ["mri"] = "mao", ["msa"] = "may", ["fas"] = "per", ["ron"] = "rum", ["slk"] = "slo", ["bod"] = "tib", ["cym"] = "wel",
    };

    public static string Of(MappedBook book)
    {
        var language = book.Languages.Count == 0 ? "und" : MarcLanguages.GetValueOrDefault(book.Languages[0], book.Languages[0]);
        return $"{NoAttempt}{Dates(book.PublishDate?.Text)}xx |||||||||||||||||{language}||";
    }

    private static string Dates(string? text)
    {
        const string None = "n" + Unknown + Unknown;
        if (text is null) return None;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            var (from, to) = (Year(text[..slash]), Year(text[(slash + 1)..]));
            return from is null ? None : to is not null ? $"m{from}{to}" : text.EndsWith("..", StringComparison.Ordinal) ? $"m{from}9999" : $"u{from}{Unknown}";
        }

        var date = text.TrimEnd('?', '~', '%');
        if (Year(date) is not { } year) return date.StartsWith('-') ? "b        " : None;
        return date.Length switch
        {
            10 when date.Replace("-", "", StringComparison.Ordinal) is var day && day.All(char.IsAsciiDigit) => "e" + day,
            7 when date[5..].All(char.IsAsciiDigit) && date[5] < '2' => $"e{year}{date[5..]}  ",
            _ => $"s{year}    ",
        };
    }

    // Unknown digits are u; a year before 1 AD has no place here.
    private static string? Year(string date)
    {
        if (date.Length < 4 || date[0] == '-') return null;
        var year = date[..4].Replace('X', 'u');
        return year.All(character => char.IsAsciiDigit(character) || character == 'u') ? year : null;
    }
}
