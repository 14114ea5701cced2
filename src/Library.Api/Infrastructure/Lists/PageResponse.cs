namespace Library.Api.Infrastructure.Lists;

/// <summary>One page of a list.</summary>
internal sealed record PageResponse<T>
{
    /// <summary>The page's resources, in the list's order; with the parameter fields, just those fields of each.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Cursor of the next page, for the parameter after; left out on the last page.</summary>
    public string? Next { get; init; }

    /// <summary>How many resources the list has on all its pages; only with the parameter count. Estimated: exact up to 10,000.</summary>
    public long? Total { get; init; }
}
