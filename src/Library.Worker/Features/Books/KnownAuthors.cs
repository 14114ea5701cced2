using System.Globalization;
using Library.Contracts;
using Library.Contracts.Values;
using Library.Hosting.Errors;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Books;

/// <summary>A book may only name authors that are in the catalog.</summary>
internal static class KnownAuthors
{
    /// <summary>Null: all are known. Otherwise the problem, which names each unknown one by its place.</summary>
    public static Problem? Check(ICatalogView catalog, BookState book)
    {
        Dictionary<string, string[]>? errors = null;
        // If the short form can express the list, the client has most likely used it.
        var isShort = book.Contributors.All(contributor => contributor.Role == Relators.Author);
        for (var i = 0; i < book.Contributors.Count; i++)
        {
            var id = book.Contributors[i].AuthorId;
            if (catalog.HasAuthor(id)) continue;
            var place = i.ToString(CultureInfo.InvariantCulture);
            (errors ??= [])[isShort ? $"authorIds[{place}]" : $"contributors[{place}].authorId"] = [$"There is no author {id}."];
        }

        return errors is null ? null : Problems.UnknownAuthors(errors);
    }
}
