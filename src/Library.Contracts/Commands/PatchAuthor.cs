using System.Text.Json;

namespace Library.Contracts.Commands;

/// <summary>Changes the fields of an author that the patch names.</summary>
public sealed record PatchAuthor : CatalogCommand
{
    /// <summary>The author's id.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>The merge patch (RFC 7396): a JSON object; null takes an optional field away.</summary>
    public required JsonElement Patch { get; init; }
}
