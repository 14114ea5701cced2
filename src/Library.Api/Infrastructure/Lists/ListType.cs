using Library.Api.Infrastructure.Reading;

namespace Library.Api.Infrastructure.Lists;

/// <summary>A list of resources: what it may be asked for, and where that lies. All SQL is over the resource's row <c>r</c>.</summary>
internal sealed record ListType
{
    /// <summary>As in its path. A cursor is bound to it.</summary>
    public required string Name { get; init; }

    public required ResourceType Resource { get; init; }

    public required string From { get; init; }

    /// <summary>The parent's id column, of a list within another resource.</summary>
    public string? ParentColumn { get; init; }

    public ResourceType? Parent { get; init; }

    /// <summary>The resource's id, from whichever table has the index that this list is read by.</summary>
    public string Id { get; init; } = "r.id";

    /// <summary>Besides by id.</summary>
    public required IReadOnlyList<ListSort> Sorts { get; init; }

    public required IReadOnlyList<ListFilter> Filters { get; init; }

    /// <summary>Fields that are there only when included.</summary>
    public IReadOnlyList<ListInclude> Includes { get; init; } = [];

    /// <summary>Types whose events change the list even where nothing is included.</summary>
    public required CatalogTypes Shows { get; init; }

    /// <summary>Names of the resource's own fields.</summary>
    public IReadOnlySet<string> AllFields => field ??= Resource.Fields.ToHashSet();

    public ListSort ById => new("id", Id, SortKind.Id);

    public IEnumerable<string> Parameters =>
    [
        "limit", "after", "fields", "sort", "q", .. Filters.Select(filter => filter.Parameter), .. Includes.Count > 0 ? ["include"] : Array.Empty<string>(), "count",
    ];
}

/// <summary>A field that is there only when included.</summary>
/// <param name="Sql">JSON, over the resource's row <c>r</c>.</param>
internal sealed record ListInclude(string Name, string Sql);

/// <param name="Name">Of the field.</param>
/// <param name="Latest">Of a date, the column of its latest day, which tells those apart that have the same earliest one.</param>
internal sealed record ListSort(string Name, string Column, SortKind Kind, string? Latest = null);

internal enum SortKind
{
    Id,
    Text,

    /// <summary>Its earliest day may be unknown; what has none comes last, in either direction.</summary>
    Date,
}

/// <param name="Column">What is compared; of a date, the column of its earliest day.</param>
/// <param name="Example">A value, for the API's document.</param>
internal sealed record ListFilter(string Parameter, string Column, FilterKind Kind, string Meaning, string Example)
{
    /// <summary>Of a date, the column of its latest day.</summary>
    public string? Latest { get; init; }

    /// <summary>Of a term, what the parameter's text stands for.</summary>
    public TermReader? Read { get; init; }
}

/// <summary>Makes a term of a parameter's text; null: the error says what would be valid.</summary>
internal delegate string? TermReader(string text, out string? error);

internal enum FilterKind
{
    Prefix,
    After,
    Before,

    /// <summary>One of the row's <see cref="FilterTerms"/>.</summary>
    Term,

    /// <summary>One of the roles that a link of author and book holds.</summary>
    Role,
}
