using System.Text.Json;

namespace Library.Contracts.Commands;

/// <summary>Changes the fields of a book that the patch names.</summary>
public sealed record PatchBook : CatalogCommand
{
    /// <summary>The book's id.</summary>
    public required Guid BookId { get; init; }

    /// <summary>The merge patch (RFC 7396): a JSON object; null takes an optional field away.</summary>
    public required JsonElement Patch { get; init; }
}
