using System.CommandLine;
using System.Text.Json;
using Library.Cli.Infrastructure.CommandLine;
using Library.Cli.Infrastructure.Output;
using Library.Cli.Infrastructure.Service;

namespace Library.Cli.Features.Catalog;

internal static class SearchCommand
{
    public static Command Create(ServiceOptions service)
    {
        var type = ResourceArgument.Create();
        var words = new Argument<string[]>("words") { Description = "What to look for in names, bios and identifiers, or titles, descriptions, subjects, publishers and identifiers.", Arity = ArgumentArity.OneOrMore };
        var limit = Pages.Limit();
        var command = new Command("search", "Find authors or books by words, best first.") { type, words, limit };
        command.SetAction((parsed, cancellation) => service.RunAsync(parsed, session => SearchAsync(
            session, parsed.GetRequiredValue(type) == ResourceArgument.Book, string.Join(' ', parsed.GetRequiredValue(words)), parsed.GetValue(limit), cancellation)));
        return command;
    }

    private static async Task<int> SearchAsync(Session session, bool books, string words, int limit, CancellationToken cancellation)
    {
        var path = books ? "v1/books?include=authors&q=" : "v1/authors?q=";
        var items = await Pages.ReadAsync(session.Client, path + Uri.EscapeDataString(words), limit, cancellation);
        if (session.Json) items.ForEach(session.Out.WriteLine);
        else Rows.Write(session.Terminal, books ? ["id", "title", "published", "authors"] : ["id", "name", "born"], [.. items.Select(item => Row(item, books))]);
        return ExitCodes.Ok;
    }

    private static string[] Row(string item, bool book)
    {
        using var json = JsonDocument.Parse(item);
        var root = json.RootElement;
        return book
            ? [Text(root, "id"), Text(root, "title"), Text(root, "publishDate"), string.Join(", ", root.GetProperty("authors").EnumerateArray().Select(Contributor))]
            : [Text(root, "id"), Text(root, "name"), Text(root, "birthDate")];
    }

    /// <summary>A name, and the role of who is not the author.</summary>
    private static string Contributor(JsonElement author) => Text(author, "role") is "aut" ? Text(author, "name") : $"{Text(author, "name")} ({Text(author, "role")})";

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
}
