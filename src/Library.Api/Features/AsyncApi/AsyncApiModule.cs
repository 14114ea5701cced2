using System.Text.Json;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Features.AsyncApi;

internal static class AsyncApiModule
{
    public static void MapAsyncApi(this IEndpointRouteBuilder routes)
    {
        var document = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(AsyncApiDocument.Make(), ResponseJson.Options));
        routes.MapGet("/asyncapi.json", () => new JsonResult(StatusCodes.Status200OK, document.Value))
            .WithName("GetAsyncApi").WithSummary("The events on the broker, as AsyncAPI 3").ExcludeFromDescription();
    }
}
