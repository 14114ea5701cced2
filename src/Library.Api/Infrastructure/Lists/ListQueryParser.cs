using Library.Api.Infrastructure.Http;
using Library.Contracts.Values;
using Library.Hosting.Errors;
using Library.Hosting.Search;
using Library.Hosting.Validation;

namespace Library.Api.Infrastructure.Lists;

/// <summary>Reads a query string and reports all errors together, parameter by parameter.</summary>
internal sealed class ListQueryParser(ListType list, IQueryCollection query)
{
    private const int MaxLength = 500;

    /// <summary>Of a search: each word is looked up by itself, and each that ends with * in all that begin so.</summary>
    private const int MaxPrefixes = 5;

    private readonly Dictionary<string, string[]> _errors = [];

    /// <exception cref="RefusalException">400, with the parameters at fault.</exception>
    public static ListQuery Parse(ListType list, Guid? parent, IQueryCollection query, Cursors cursors) => new ListQueryParser(list, query).Parse(parent, cursors);

    private ListQuery Parse(Guid? parent, Cursors cursors)
    {
        var words = Words();
        var included = Included();
        var (sort, descending) = Sort();
        var parsed = new ListQuery
        {
            List = list,
            Parent = parent,
            Limit = Limit(),
            Sort = sort ?? (words is null ? list.ById : null),
            Descending = descending,
            Words = words,
            Filters = [.. Filters()],
            Includes = included,
            Fields = Fields(included),
            Count = Count(),
        };
        // The cursor cannot be checked if the rest of the query is invalid.
        var after = _errors.Count == 0 && Text("after") is { } cursor ? After(parsed, cursor, cursors) : null;
        return _errors.Count == 0
            ? parsed with { After = after }
            : throw new RefusalException(Problems.Malformed("The query string cannot be read.", _errors));
    }

    private int Limit()
    {
        if (Text("limit") is not { } text) return PageRequest.DefaultLimit;
        return PageRequest.TryReadLimit(text, out var limit) ? limit : Wrong("limit", PageRequest.WrongLimit, limit);
    }

    private (ListSort? Sort, bool Descending) Sort()
    {
        if (Text("sort") is not { } text) return (null, false);
        ListSort[] known = [list.ById, .. list.Sorts];
        var descending = text.StartsWith('-');
        var sort = known.FirstOrDefault(sort => sort.Name == (descending ? text[1..] : text));
        return (sort ?? Wrong<ListSort?>("sort", $"It must be one of {string.Join(", ", known.Select(one => $"{one.Name}, -{one.Name}"))}.", null), descending);
    }

    private string? Words()
    {
        if (Text("q") is not { } text) return null;
        if (!IsText(text) || SearchQuery.Parse(text) is not { } query) return Wrong("q", $"It must hold a word, at most {MaxLength} characters in all, and no NUL.", text);
        return query.Count > SearchQuery.MaxWords || text.Split((char[]?)null).Count(term => term.EndsWith('*')) > MaxPrefixes
            ? Wrong("q", $"It may have at most {SearchQuery.MaxWords} words, at most {MaxPrefixes} of them with * behind.", text)
            : query.ToString();
    }

    private HashSet<string>? Fields(IReadOnlyList<ListInclude> included)
    {
        if (Text("fields") is not { } text) return null;
        string[] known = [.. list.Resource.Fields, .. included.Select(include => include.Name)];
        var names = text.Split(',');
        return names.All(known.Contains)
            // In declaration order, so that a page is cached once, whatever the order in the request.
            ? [.. known.Where(names.Contains)]
            : Wrong<HashSet<string>?>("fields", $"It must be some of {string.Join(", ", known)}, separated by commas.", null);
    }

    private ListInclude[] Included()
    {
        if (list.Includes.Count == 0 || Text("include") is not { } text) return [];
        var named = list.Includes.Where(include => include.Name == text).ToArray();
        return named.Length > 0 ? named : Wrong("include", $"It must be {string.Join(" or ", list.Includes.Select(include => include.Name))}.", named);
    }

    private TotalCount Count() => Text("count") switch
    {
        null => TotalCount.None,
        "exact" => TotalCount.Exact,
        "estimated" => TotalCount.Estimated,
        _ => Wrong("count", "It must be exact or estimated.", TotalCount.None),
    };

    private IEnumerable<(ListFilter, object)> Filters()
    {
        foreach (var filter in list.Filters)
        {
            if (Text(filter.Parameter) is not { } text) continue;
            yield return (filter, filter.Kind switch
            {
                _ when text.Length == 0 || !IsText(text) => Wrong(filter.Parameter, $"It must be 1 to {MaxLength} characters, and no NUL.", text),
                FilterKind.Prefix => Folding.Key(text) is { Length: > 0 } key ? key : Wrong(filter.Parameter, "It must hold a character that is more than an accent.", text),
                FilterKind.After or FilterKind.Before => EdtfDate.TryParse(text, allowInterval: false, out var date, out var error) ? date : Wrong(filter.Parameter, error, date),
                _ => filter.Read!(text, out var error) ?? Wrong(filter.Parameter, error!, text),
            });
        }
    }

    private PageKey? After(ListQuery parsed, string cursor, Cursors cursors) =>
        cursors.TryRead(parsed.Identity, cursor, out var key) ? key : Wrong("after", "It must be a cursor that this very list, with the same sort and filters, gave as next.", key);

    /// <summary>What Postgres takes as text.</summary>
    private static bool IsText(string text) => TextRules.CodePoints(text) <= MaxLength && !text.Contains('\0');

    private string? Text(string parameter) => query.TryGetValue(parameter, out var text) ? (string?)text ?? "" : null;

    private T Wrong<T>(string parameter, string error, T instead)
    {
        _errors[parameter] = [error];
        return instead;
    }
}
