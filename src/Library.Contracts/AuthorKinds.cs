namespace Library.Contracts;

/// <summary>What an author may be, as MARC 21 tells headings apart (X00, X10, X11, X00 with first indicator 3).</summary>
public static class AuthorKinds
{
    /// <summary>A human being, or a name that one writes under. The default.</summary>
    public const string Person = "person";

    /// <summary>A corporate body.</summary>
    public const string Organization = "organization";

    /// <summary>A conference or another event with a name.</summary>
    public const string Meeting = "meeting";

    /// <summary>A family.</summary>
    public const string Family = "family";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Person, Organization, Meeting, Family];
}
