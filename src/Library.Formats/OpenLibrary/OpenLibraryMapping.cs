using System.Text.Json;
using Library.Contracts.Values;
using Library.Formats.Dates;
using Library.Formats.Mapping;

namespace Library.Formats.OpenLibrary;

/// <summary>The JSON of authors, works and editions; what it says of a field in another shape than these is left out.</summary>
internal static class OpenLibraryMapping
{
    public static (OpenLibraryItem? Item, Fault? Fault) Map(string type, string path, ReadOnlySpan<byte> json, long number, DateOnly today)
    {
        var key = Key(path);
        if (!Identifiers.TryNormalize("openlibrary", key, out _, out _)) return (null, new Fault("key", $"The key {path} is none of Open Library's, like /books/OL7353617M."));
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object || reader.BytesConsumed < json.TrimEnd((byte)' ').Length) return (null, new Fault("", "The last column is no JSON object."));
            var root = document.RootElement;
            return type switch
            {
                "/type/author" => AuthorOf(root, key, number, today),
                "/type/work" => (new OpenLibraryItem { Number = number, Work = WorkOf(root, key) }, null),
                _ => (new OpenLibraryItem { Number = number, Edition = EditionOf(root, key, number) }, null),
            };
        }
        catch (JsonException wrong)
        {
            return (null, new Fault("", $"The JSON in the last column is broken: {wrong.Message}"));
        }
        catch (InvalidOperationException wrong)
        {
            // Text with half a surrogate pair in it, which JSON can escape and no text can hold.
            return (null, new Fault("", $"The JSON in the last column holds what is no text: {wrong.Message}"));
        }
    }

    private static (OpenLibraryItem? Item, Fault? Fault) AuthorOf(JsonElement root, string key, long number, DateOnly today)
    {
        var name = root.Text("name") ?? root.Text("personal_name");
        if (name is null || !MappingText.Fits(name, Limits.Name)) return (null, new Fault("name", $"The author has no name of 1 to {Limits.Name} characters."));
        var (birth, death) = (FreeDate.Parse(root.Text("birth_date") ?? ""), FreeDate.Parse(root.Text("death_date") ?? ""));
        var dates = birth is null && death is null ? LifeDates.Parse(root.Text("date") ?? "")
            : birth is { } first && death?.IsKnownEarlierThan(first) == true ? default : new LifeDates(birth, death);
        var kind = root.Text("entity_type") switch { "org" => "organization", "event" => "meeting", _ => Heading.Person };
        dates = kind == Heading.Person ? dates.Until(today) : default;
        var author = new MappedAuthor
        {
            Key = key,
            OnlyIfMissing = false,
            Name = name,
            Kind = kind,
            AlternateNames = [.. root.Texts("alternate_names").Prepend(root.Text("fuller_name")).OfType<string>().Where(other => other != name && MappingText.Fits(other, Limits.Name)).Distinct().Take(Limits.AlternateNames)],
            Bio = root.Text("bio") is { } bio && MappingText.Fits(bio, Limits.Bio) ? bio : null,
            BirthDate = dates.Birth,
            DeathDate = dates.Death,
            Identifiers = IdentifiersOf(root, key),
        };
        return (new OpenLibraryItem { Number = number, Author = author }, null);
    }

    private static OpenLibraryWork WorkOf(JsonElement root, string key) => new()
    {
        Key = key,
        Title = Title(root),
        AuthorKeys = AuthorKeys(root),
        Description = Description(root),
        Subjects = Subjects(root),
    };

    private static OpenLibraryEdition EditionOf(JsonElement root, string key, long number)
    {
        var work = root.Keys("works").Concat(root.Keys("work")).Select(Key).FirstOrDefault(work => work.EndsWith('W'));
        return new OpenLibraryEdition
        {
            Key = key,
            Number = number,
            WorkKey = work,
            Title = Title(root),
            AuthorKeys = AuthorKeys(root),
            Book = new MappedBook
            {
                Key = key,
                Title = "",
                AlternateTitles = [.. root.Texts("other_titles").Concat(root.Texts("work_titles")).Where(title => MappingText.Fits(title, Limits.Title)).Distinct().Take(Limits.AlternateTitles)],
                Description = Description(root),
                PublishDate = PublicationDate.FromText(root.Text("publish_date") ?? ""),
                Publisher = root.Texts("publishers").FirstOrDefault(publisher => MappingText.Fits(publisher, Limits.Publisher)),
                Languages = [.. root.Keys("languages").Select(Key).Select(Language).OfType<string>().Distinct().Take(Limits.Languages)],
                Subjects = Subjects(root),
                Identifiers = IdentifiersOf(root, key, work),
            },
        };
    }

    private static string? Title(JsonElement root)
    {
        if (root.Text("title") is not { } title) return null;
        if (root.Text("title_prefix") is { } prefix) title = $"{prefix} {title}";
        if (root.Text("subtitle") is { } subtitle) title = $"{title} : {subtitle}";
        return MappingText.Fits(title, Limits.Title) ? title : null;
    }

    // Authors are {"key"}, {"author": {"key"}}, {"author": "/authors/…"} or plain paths.
    private static List<string> AuthorKeys(JsonElement root) =>
        [.. root.Keys("authors").Select(Key).Where(key => key is ['O', 'L', .., 'A']).Distinct().Take(Limits.Contributors)];

    private static string? Description(JsonElement root) => root.Text("description") is { } text && MappingText.Fits(text, Limits.Description) ? text : null;

    private static List<string> Subjects(JsonElement root) => [.. root.Texts("subjects").Where(subject => MappingText.Fits(subject, Limits.Subject)).Distinct().Take(Limits.Subjects)];

    private static string? Language(string code) => code != "und" && Contracts.Values.Languages.TryNormalize(code, out var language) ? language : null;

    private static IReadOnlyList<Identifier> IdentifiersOf(JsonElement root, params IReadOnlyList<string?> keys)
    {
        var draft = new IdentifierDraft();
        foreach (var (property, scheme) in new[] { ("isbn_13", "isbn"), ("isbn_10", "isbn"), ("isbn", "isbn"), ("lccn", "lccn"), ("oclc_numbers", "oclc"), ("oclc_number", "oclc") })
            foreach (var value in root.Texts(property)) draft.Add(scheme, value);
        foreach (var key in keys)
            if (key is not null) draft.Add("openlibrary", key);
        foreach (var group in new[] { "identifiers", "remote_ids" })
        {
            if (!root.TryGetProperty(group, out var schemes) || schemes.ValueKind != JsonValueKind.Object) continue;
            foreach (var scheme in schemes.EnumerateObject())
                foreach (var value in schemes.Texts(scheme.Name)) draft.Add(scheme.Name.ToLowerInvariant().Replace('_', '-'), value);
        }

        return draft.List;
    }

    // "/authors/OL26320A" or "OL26320A".
    private static string Key(string path) => path[(path.LastIndexOf('/') + 1)..];
}
