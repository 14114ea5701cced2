using Library.Api.Features.Books;

namespace Library.Api.Features.Authors;

internal static class AuthorsModule
{
    public static void MapAuthors(this IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Authors");
        CreateAuthorEndpoint.Map(routes);
        ReplaceAuthorEndpoint.Map(routes);
        PatchAuthorEndpoint.Map(routes);
        DeleteAuthorEndpoint.Map(routes);
        RestoreAuthorEndpoint.Map(routes);
        GetAuthorEndpoint.Map(routes);
        ListAuthorsEndpoint.Map(routes);
        ListAuthorsOfBookEndpoint.Map(routes);
        GetAuthorHistoryEndpoint.Map(routes);
        PreviewAuthorDeletionEndpoint.Map(routes);
    }
}
