using System.Globalization;
using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Reading;
using Library.Contracts.Values;

namespace Library.Api.Infrastructure.Lists;

/// <summary>What is asked of a list.</summary>
internal sealed record ListQuery
{
    public required ListType List { get; init; }

    public Guid? Parent { get; init; }

    public int Limit { get; init; } = PageRequest.DefaultLimit;

    /// <summary>Null: by rank.</summary>
    public ListSort? Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>Of the full text, as Postgres's <c>tsquery</c>; null: none asked for.</summary>
    public string? Words { get; init; }

    /// <summary>Each with its value: a text, or a date (<see cref="EdtfDate"/>).</summary>
    public IReadOnlyList<(ListFilter Filter, object Value)> Filters { get; init; } = [];

    /// <summary>Null: all.</summary>
    public IReadOnlySet<string>? Fields { get; init; }

    public IReadOnlyList<ListInclude> Includes { get; init; } = [];

    public TotalCount Count { get; init; }

    /// <summary>Null: the first page.</summary>
    public PageKey? After { get; init; }

    /// <summary>Whether rows are left out that lie between others on the way along the sort's index.</summary>
    public bool IsNarrowed => Words is not null || Filters.Any(f => f.Filter.Column != Sort?.Column) || (Parent is not null && Sort is { Kind: not SortKind.Id });

    /// <summary>Everything that determines rows and order: a cursor is valid only for the query that issued it.</summary>
    public string Identity => string.Join('&',
        [
            List.Name, Parent?.ToString("N"), (Descending ? "-" : "") + (Sort?.Name ?? "rank"), Uri.EscapeDataString(Words ?? ""),
            .. Filters.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Filter.Parameter}={Uri.EscapeDataString(f.Value.ToString()!)}")),
        ]);

    /// <param name="after">The cursor as it was sent.</param>
    public string CacheKeyOf(string? after) =>
        string.Create(CultureInfo.InvariantCulture, $"{Identity}|{Limit}|{string.Join(',', Fields ?? List.AllFields)}|{string.Join(',', Includes.Select(include => include.Name))}|{Count}|{after}");

    public CacheTag Tag => CacheTag.Of(Includes.Count > 0 ? List.Shows | CatalogTypes.Author : List.Shows);
}

/// <summary>Whether a page includes the total number of rows.</summary>
internal enum TotalCount
{
    None,
    Exact,
    Estimated,
}

/// <summary>Where a page ended.</summary>
/// <param name="Value">What the row is sorted by: text, <see cref="DateKey"/> or rank; null: by its id alone.</param>
/// <param name="Block">Of a ranked list: the id behind which the block lies that is being ranked.</param>
internal sealed record PageKey(object? Value, Guid Id, Guid Block = default);

/// <summary>A date's place in its order.</summary>
/// <param name="Earliest">Its earliest day; null: it has none, and comes last.</param>
/// <param name="Latest"><see cref="EdtfDate.LatestKey"/>.</param>
internal readonly record struct DateKey(int? Earliest, int Latest);
