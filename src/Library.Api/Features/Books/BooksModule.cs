using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Operations;

namespace Library.Api.Features.Books;

internal static class BooksModule
{
    public static void AddBooks(this WebApplicationBuilder builder)
    {
        builder.Services.AddJsonTypes(BookJson.Default);
        builder.Services.AddSingleton<Represents>(BookResource.Of);
    }

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
        ListAuthorsOfBookEndpoint.Map(routes);
        GetBookHistoryEndpoint.Map(routes);
    }
}
