using Library.Contracts;
using Library.Hosting.Errors;

namespace Library.Api.Infrastructure.Http;

/// <summary>Ends a request with a problem where no result can be returned: while the arguments of a handler are bound.</summary>
internal sealed class RefusalException(Problem problem) : Exception(problem.Title)
{
    public Problem Problem { get; } = problem;

    /// <summary>400: one parameter of the query string is wrong.</summary>
    public static RefusalException OfQuery(string parameter, string error) =>
        new(Problems.Malformed("The query string cannot be read.", new Dictionary<string, string[]> { [parameter] = [error] }));
}
