namespace Library.Api.Reading;

/// <summary>One page of a list.</summary>
internal sealed record PageResponse<T>
{
    /// <summary>The page's resources, in the list's order.</summary>
    public required IReadOnlyList<T> Items { get; init; }

    /// <summary>Cursor of the next page, for the parameter after; left out on the last page.</summary>
    public string? Next { get; init; }
}
