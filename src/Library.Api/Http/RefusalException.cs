using Library.Contracts;

namespace Library.Api.Http;

/// <summary>Ends a request with a problem where no result can be returned: while the arguments of a handler are bound.</summary>
internal sealed class RefusalException(Problem problem) : Exception(problem.Title)
{
    public Problem Problem { get; } = problem;
}
