using Library.Hosting.Errors;

namespace Library.Api.Infrastructure.Http;

/// <summary>The id of a PUT: it is in the path, and may be in the body too.</summary>
internal static class PathIds
{
    public static void Check(Guid path, Guid? body)
    {
        if (path == Guid.Empty) throw Wrong("It may not be the nil UUID.");
        if (body is not null && body != path) throw Wrong("It must be the id of the path, or be left out.");
    }

    private static RefusalException Wrong(string error) => new(Problems.Invalid(new Dictionary<string, string[]> { ["id"] = [error] }));
}
