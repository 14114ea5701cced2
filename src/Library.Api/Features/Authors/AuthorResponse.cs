namespace Library.Api.Features.Authors;

using Library.Contracts;

/// <summary>An author in the catalog.</summary>
internal sealed record AuthorResponse : AuthorFields
{
    /// <summary>The author's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>1 at first, one more with each change, deletions included; also the ETag.</summary>
    public required int Version { get; init; }
}
