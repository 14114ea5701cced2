namespace Library.Contracts.Commands;

/// <summary>Adds a book. Refused when the id is taken or an author is unknown.</summary>
public sealed record CreateBook : CatalogCommand
{
    /// <summary>The new book; its id was chosen by the client or made by the API (version 7). Its authors must be in the catalog.</summary>
    public required BookState Book { get; init; }
}
