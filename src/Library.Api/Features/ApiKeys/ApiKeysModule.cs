using System.Text.Json.Serialization;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;

namespace Library.Api.Features.ApiKeys;

internal static class ApiKeysModule
{
    public static void AddApiKeys(this WebApplicationBuilder builder) => builder.Services.AddJsonTypes(ApiKeyJson.Default);

    public static void MapApiKeys(this IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Administration");
        CreateApiKeyEndpoint.Map(routes);
        ListApiKeysEndpoint.Map(routes);
        RevokeApiKeyEndpoint.Map(routes);
    }
}

[JsonSerializable(typeof(ApiKeyBody))]
[JsonSerializable(typeof(ApiKeyResponse))]
[JsonSerializable(typeof(PageResponse<ApiKeyResponse>))]
internal sealed partial class ApiKeyJson : JsonSerializerContext
{
    public static ApiKeyJson Responses { get; } = new(ResponseJson.Create());
}
