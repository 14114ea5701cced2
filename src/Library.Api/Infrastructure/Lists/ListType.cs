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
internal sealed record ListSort(string Name, string Column, SortKind Kind);

internal enum SortKind
{
    Id,
    Text,

    /// <summary>May be unknown; what is unknown comes last, in either direction.</summary>
    Date,
}

internal sealed record ListFilter(string Parameter, string Column, FilterKind Kind, string Meaning);

internal enum FilterKind
{
    Prefix,
    After,
    Before,
}
