using Library.Contracts.Values;
using Library.Formats.Marc;

namespace Library.Formats.Mapping;

/// <summary>Authors of a book's headings, each once, and what each of them did.</summary>
internal sealed class ContributorDraft(DateOnly today, bool isExact)
{
    private const string OtherRole = "oth";

    private readonly List<AuthorDraft> authors = [];
    private readonly List<MappedContributor> list = [];
    private MarcField? main;
    private AuthorDraft? mainAuthor;

    public IReadOnlyList<MappedContributor> List => list;

    public IReadOnlyList<MappedAuthor> Authors => authors.Count == 0 ? [] : authors.ConvertAll(author => author.Finish());

    /// <summary>A heading that is no name the catalog can hold; null: there is none.</summary>
    public Fault? Fault { get; private set; }

    /// <summary>100, 110, 111. A second one of the same kind is the first in another script.</summary>
    public bool AddMain(MarcField field)
    {
        if (mainAuthor is not null && main?.Tag == field.Tag && !isExact)
            return Heading.NameOf(field, field.Tag) is { } name && mainAuthor.AddAlternate(name);
        if (Add(field, Relators.Author) is not { } author) return false;
        if (main is null) (main, mainAuthor) = (field, author);
        return true;
    }

    /// <summary>700, 710, 711, unless they name a related work ($t).</summary>
    public bool AddOther(MarcField field) => field.First('t') is null && Add(field, OtherRole) is not null;

    /// <summary>880: the other script of one of the names before.</summary>
    public bool AddScript(MarcField field, string tag, string occurrence, bool asItStands)
    {
        if (tag is not ("100" or "110" or "111" or "700" or "710" or "711")) return false;
        var author = authors.Find(author => author.IsLinked(tag, occurrence)) ?? (main?.Tag == tag ? mainAuthor : null);
        var name = asItStands ? field.First('a') : Heading.NameOf(field, tag);
        return author is not null && name is not null && author.AddAlternate(name);
    }

    private AuthorDraft? Add(MarcField field, string defaultRole)
    {
        var drafted = Draft(field);
        if (drafted is null) return null;
        if (!MappingText.Fits(drafted.Author.Name, Limits.Name) || !MappingText.Fits(drafted.Author.SortName ?? "", Limits.Name))
        {
            Fault ??= new Fault(field.Tag, $"The name in it is longer than {Limits.Name} characters.");
            return null;
        }

        var known = authors.Find(author => author.Author.Key == drafted.Author.Key && author.Author.Id == drafted.Author.Id);
        var roles = RolesOf(field, defaultRole);
        if (list.Count + roles.Count > Limits.Contributors) return null;
        foreach (var role in roles)
        {
            var contributor = new MappedContributor { AuthorKey = drafted.Author.Key, AuthorId = drafted.Author.Id, Role = role };
            if (!list.Contains(contributor)) list.Add(contributor);
        }

        if (known is null) authors.Add(drafted);
        (known ?? drafted).Link(field);
        return known ?? drafted;
    }

    private AuthorDraft? Draft(MarcField field)
    {
        if (isExact && OwnRecord.AuthorId(field) is { } id) return OwnRecord.Author(field, id) is { } own ? new AuthorDraft(own, null) : null;
        if (Heading.Of(field) is not { } heading) return null;
        var dates = heading.Dates.Until(today);
        return new AuthorDraft(
            new MappedAuthor
            {
                Key = heading.Key,
                OnlyIfMissing = true,
                Name = heading.Name,
                SortName = heading.SortName,
                Kind = heading.Kind,
                BirthDate = dates.Birth,
                DeathDate = dates.Death,
            },
            heading.FullName);
    }

    private static List<string> RolesOf(MarcField field, string defaultRole)
    {
        var roles = new List<string>(1);
        foreach (var subfield in field.Subfields)
            if (subfield.Code == '4' && Roles.OfCode(subfield.Value) is { } role && !roles.Contains(role)) roles.Add(role);
        if (roles.Count > 0) return roles;
        // In 111 and 711 $e is a part of the name, and $j the term.
        var term = field.Tag is "111" or "711" ? 'j' : 'e';
        foreach (var subfield in field.Subfields)
            if (subfield.Code == term && Roles.OfTerm(subfield.Value) is { } role && !roles.Contains(role)) roles.Add(role);
        if (roles.Count == 0) roles.Add(defaultRole);
        return roles;
    }
}

/// <summary>An author in the making.</summary>
internal sealed class AuthorDraft
{
    private readonly List<string> alternates = [];
    private List<(string Tag, string Occurrence)>? links;

    public AuthorDraft(MappedAuthor author, string? fullName)
    {
        Author = author;
        if (fullName is not null) AddAlternate(fullName);
    }

    public MappedAuthor Author { get; }

    public MappedAuthor Finish() => alternates.Count == 0 ? Author : Author with { AlternateNames = alternates };

    public bool AddAlternate(string name)
    {
        if (name == Author.Name || alternates.Contains(name)) return true;
        if (alternates.Count == Limits.AlternateNames || !MappingText.Fits(name, Limits.Name)) return false;
        alternates.Add(name);
        return true;
    }

    /// <summary>Remembers which 880 belong to this heading: "880-01" in its $6.</summary>
    public void Link(MarcField field)
    {
        if (field.First('6') is ['8', '8', '0', '-', _, _, ..] link) (links ??= []).Add((field.Tag, link.Substring(4, 2)));
    }

    public bool IsLinked(string tag, string occurrence) => occurrence != "00" && links?.Contains((tag, occurrence)) == true;
}
