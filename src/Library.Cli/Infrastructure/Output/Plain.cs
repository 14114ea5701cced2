namespace Library.Cli.Infrastructure.Output;

/// <summary>Text of the catalog for a terminal: on one line, and without control characters, which could steer the terminal.</summary>
internal static class Plain
{
    public static string Text(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
