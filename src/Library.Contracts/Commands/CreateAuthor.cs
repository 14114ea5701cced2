namespace Library.Contracts.Commands;

/// <summary>Adds an author. Refused when the id is taken.</summary>
public sealed record CreateAuthor : CatalogCommand
{
    /// <summary>The new author; its id was chosen by the client or made by the API (version 7).</summary>
    public required AuthorState Author { get; init; }
}
