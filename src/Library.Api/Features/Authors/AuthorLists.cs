using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.Reading;

namespace Library.Api.Features.Authors;

/// <summary>The lists of authors.</summary>
internal static class AuthorLists
{
    public static readonly ListType All = new()
    {
        Name = "authors",
        Resource = AuthorResource.Type,
        From = "authors r",
        Sorts = [new("name", "r.name_key", SortKind.Text), new("birthDate", "r.birth_date", SortKind.Date)],
        Filters =
        [
            new("name", "r.name_key", FilterKind.Prefix, "Only names that begin so, whatever their case and accents."),
            new("bornAfter", "r.birth_date", FilterKind.After, "Only those known to be born after that day."),
            new("bornBefore", "r.birth_date", FilterKind.Before, "Only those known to be born before that day."),
        ],
        Shows = CatalogTypes.Author,
    };
}
