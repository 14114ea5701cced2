using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Operations;

namespace Library.Api.Features.Authors;

internal static class AuthorsModule
{
    public static void AddAuthors(this WebApplicationBuilder builder)
    {
        builder.Services.AddJsonTypes(AuthorJson.Default);
        builder.Services.AddSingleton<Represents>(AuthorResource.Of);
        builder.Services.AddSingleton<DeletionPreview>();
    }

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
        GetAuthorHistoryEndpoint.Map(routes);
        PreviewAuthorDeletionEndpoint.Map(routes);
    }
}
