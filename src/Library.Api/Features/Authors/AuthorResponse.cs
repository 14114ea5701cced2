namespace Library.Api.Features.Authors;

/// <summary>An author in the catalog.</summary>
internal sealed record AuthorResponse
{
    /// <summary>The author's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>1–200 characters (Unicode code points), not blank.</summary>
    public required string Name { get; init; }

    /// <summary>At most 10,000 characters; left out when unknown.</summary>
    public string? Bio { get; init; }

    /// <summary>Day of birth; left out when unknown.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>1 at first, one more with each change, deletions included; also the ETag.</summary>
    public required int Version { get; init; }
}
