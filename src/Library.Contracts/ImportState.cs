namespace Library.Contracts;

/// <summary>The result of an import's records. Each is counted once.</summary>
public sealed record ImportState
{
    /// <summary>The import's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Records that created or changed an author or a book.</summary>
    public required long Applied { get; init; }

    /// <summary>Records whose author or book was as they say already.</summary>
    public required long Unchanged { get; init; }

    /// <summary>Records that had no effect because they are wrong; the import tells why, record by record.</summary>
    public required long Refused { get; init; }
}
