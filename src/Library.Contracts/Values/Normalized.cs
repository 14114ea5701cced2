namespace Library.Contracts.Values;

/// <summary>An identifier in its one form, or a sentence that says what is wrong with it.</summary>
internal readonly record struct Normalized(string? Value, string? Error)
{
    /// <summary>The form, which is the sent text itself where nothing had to be changed.</summary>
    public static Normalized As(ReadOnlySpan<char> form, string sent) => new(form.SequenceEqual(sent) ? sent : form.ToString(), null);

    public static Normalized Wrong(string error) => new(null, error);

    public static Normalized WrongCheckDigit(char expected, char found) => Wrong($"Its check digit is wrong: it should be {expected}, not {found}.");
}
