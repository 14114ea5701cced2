using System.ComponentModel;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;
using Library.Hosting.Errors;
using Microsoft.Extensions.Options;

namespace Library.Api.Features.ApiKeys;

internal static class CreateApiKeyEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api-keys", HandleAsync)
        .WithName("CreateApiKey")
        .WithSummary("Make an API key")
        .WithDescription("The answer has the key itself, which is shown this once: only its SHA-256 is kept. Other modes than ApiKey: 409.")
        .Accepts<ApiKeyBody>(MediaTypes.Json)
        .Produces<ApiKeyResponse>(StatusCodes.Status201Created)
        .Refuses(400, 409, 413, 415, 422, 503);

    private static async Task<IResult> HandleAsync(Body<ApiKeyBody> body, HttpContext http, ApiKeyStore store, IOptions<AuthOptions> auth, TimeProvider time)
    {
        // In mode None anyone could create a key that would stay valid after authentication is turned on.
        if (auth.Value.Mode != AuthMode.ApiKey) return new ProblemResult(Problems.NoApiKeys(auth.Value.Mode.ToString()));
        var made = NewApiKey.Of(body.Value, time.GetUtcNow());
        var row = await store.AddAsync(made.Row, http.RequestAborted);
        http.Response.Headers.Location = $"{http.Request.PathBase}/v1/api-keys/{row.Id}";
        http.Response.Headers.CacheControl = "no-store";
        return JsonResult.Of(StatusCodes.Status201Created, ApiKeyResponse.Of(row, made.Key), ApiKeyJson.Responses.ApiKeyResponse);
    }
}

internal static class ListApiKeysEndpoint
{
    private const string Query = "api-keys";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/api-keys", HandleAsync)
        .WithName("ListApiKeys")
        .WithSummary("List API keys")
        .WithDescription("All keys, those that are revoked or past their time included, newest first, each with its last use but never with its secret.")
        .Produces<PageResponse<ApiKeyResponse>>()
        .IsPaged()
        .Refuses(400, 503);

    private static async Task<IResult> HandleAsync(PageRequest page, HttpContext http, ApiKeyStore store, Cursors cursors)
    {
        http.Response.Headers.CacheControl = "no-store";
        var start = page.StartOf(Query, cursors);
        // Reads one row more than requested, to know whether there is a next page.
        var found = await store.PageAsync(start == Guid.Empty ? null : start, page.Limit + 1, http.RequestAborted);
        var next = found.Count > page.Limit ? cursors.Write(Query, new PageKey(null, found[page.Limit - 1].Id)) : null;
        return JsonResult.Of(
            StatusCodes.Status200OK,
            new PageResponse<ApiKeyResponse> { Items = [.. found.Take(page.Limit).Select(row => ApiKeyResponse.Of(row))], Next = next },
            ApiKeyJson.Responses.PageResponseApiKeyResponse);
    }
}

internal static class RevokeApiKeyEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api-keys/{id:guid}", HandleAsync)
        .WithName("RevokeApiKey")
        .WithSummary("Revoke an API key")
        .WithDescription("It ends within five seconds on every instance, here at once, and for good. Doing it twice does no more.")
        .Produces(StatusCodes.Status204NoContent)
        .Refuses(404, 503);

    private static async Task<IResult> HandleAsync([Description("The key's id.")] Guid id, HttpContext http, ApiKeyStore store, VerifiedKeys verified)
    {
        if (!await store.RevokeAsync(id, http.RequestAborted)) return new ProblemResult(Problems.NotFound("API key", id));
        verified.Forget(id);
        return Results.NoContent();
    }
}
