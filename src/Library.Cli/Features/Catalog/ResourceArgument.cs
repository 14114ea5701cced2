using System.CommandLine;

namespace Library.Cli.Features.Catalog;

/// <summary>author or book.</summary>
internal static class ResourceArgument
{
    public const string Author = "author";
    public const string Book = "book";

    public static Argument<string> Create() => new Argument<string>("type") { Description = "author or book" }.AcceptOnlyFromAmong(Author, Book);

    /// <summary>As in paths.</summary>
    public static string Plural(string type) => type + "s";
}
