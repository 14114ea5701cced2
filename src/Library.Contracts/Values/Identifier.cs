namespace Library.Contracts.Values;

/// <summary>A number or name that someone else gave to an author or a book.</summary>
public sealed record Identifier
{
    /// <summary>Who gave it: one of <see cref="Identifiers.KnownSchemes"/>, or any other <c>[a-z][a-z0-9.-]{0,31}</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>The identifier, in the one form that <see cref="Identifiers"/> gives it.</summary>
    public required string Value { get; init; }
}
