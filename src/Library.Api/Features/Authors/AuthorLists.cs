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
        Sorts = [new("name", "r.name_key", SortKind.Text), new("birthDate", "r.birth_earliest", SortKind.Date, "r.birth_latest")],
        Filters =
        [
            new("name", "r.name_key", FilterKind.Prefix, "Only names that begin so, whatever their case and accents.", "le guin"),
            new("bornAfter", "r.birth_earliest", FilterKind.After, "Only those known to be born later than all of this date value.", "1899"),
            new("bornBefore", "r.birth_earliest", FilterKind.Before, "Only those known to be born earlier than all of this date value.", "1900") { Latest = "r.birth_latest" },
            new("identifier", "r.terms", FilterKind.Term, "Only those with this identifier, as scheme:value; any form of a known scheme's value.", "isni:0000000121200462") { Read = FilterTerms.Identifier },
        ],
        Shows = CatalogTypes.Author,
    };
}
