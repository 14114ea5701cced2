using System.ComponentModel;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;

namespace Library.Api.Features.Imports;

internal static class GetImportEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/imports/{id:guid}", HandleAsync)
        .WithName("GetImport")
        .WithSummary("How far an import is")
        .WithDescription("Its status and exact counts: applied + unchanged + refused = total in the end.")
        .Produces<ImportResponse>()
        .Refuses(404, 503);

    private static async Task<IResult> HandleAsync([Description("The import's id.")] Guid id, HttpContext http, ImportReader reader, Callers callers)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await reader.FindAsync(id, callers.Of(http), http.RequestAborted) is { } import
            ? JsonResult.Of(StatusCodes.Status200OK, import, ImportJson.Responses.ImportResponse)
            : new ProblemResult(Problems.NotFound("import", id));
    }
}
