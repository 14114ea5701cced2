using System.Globalization;
using Library.Contracts;
using Library.Hosting.Errors;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Books;

/// <summary>A book may only name authors that are in the catalog.</summary>
internal static class KnownAuthors
{
    /// <summary>Null: all are known. Otherwise the problem, which names each unknown one by its place.</summary>
    public static Problem? Check(ICatalogView catalog, IReadOnlyList<Guid> authorIds)
    {
        Dictionary<string, string[]>? errors = null;
        for (var i = 0; i < authorIds.Count; i++)
        {
            if (catalog.HasAuthor(authorIds[i])) continue;
            errors ??= [];
            errors[string.Create(CultureInfo.InvariantCulture, $"authorIds[{i}]")] = [$"There is no author {authorIds[i]}."];
        }

        return errors is null ? null : Problems.UnknownAuthors(errors);
    }
}
