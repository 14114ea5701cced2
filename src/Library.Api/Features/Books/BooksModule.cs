namespace Library.Api.Features.Books;

internal static class BooksModule
{
    public static void MapBooks(this IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Books");
        CreateBookEndpoint.Map(routes);
        ReplaceBookEndpoint.Map(routes);
        PatchBookEndpoint.Map(routes);
        DeleteBookEndpoint.Map(routes);
        RestoreBookEndpoint.Map(routes);
        GetBookEndpoint.Map(routes);
        ListBooksEndpoint.Map(routes);
        ListBooksOfAuthorEndpoint.Map(routes);
        GetBookHistoryEndpoint.Map(routes);
    }
}
