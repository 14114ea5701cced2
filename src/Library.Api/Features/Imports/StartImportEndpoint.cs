using System.Security.Cryptography;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;

namespace Library.Api.Features.Imports;

internal static class StartImportEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/imports", HandleAsync)
        .WithName("StartImport")
        .WithSummary("Load authors and books in bulk")
        .WithDescription("""
            The body is a file of records of any size: NDJSON, or CSV with commas, semicolons or tabs as its header row shows; in UTF-8, or UTF-16 with a byte
            order mark; plain or gzip. It is answered when all of it is safely stored; then its records
            are applied in the background: authors, then books, in line order. A record creates or changes the author or book with its id, or with the
            id that its key stands for; a bad record is refused alone. An upload that breaks off applies nothing. Idempotency-Key makes it safe to repeat.
            """)
        .Accepts<string>(ImportFormats.MediaTypesTaken[0], [.. ImportFormats.MediaTypesTaken.Skip(1)])
        .TakesContentEncoding("gzip")
        .Produces<ImportResponse>(StatusCodes.Status202Accepted)
        .WithMetadata(new ImportUploadRoute())
        .TakesQuery("dryRun", "format")
        .Refuses(400, 408, 409, 413, 415, 422, 503);

    private static async Task<IResult> HandleAsync(
        ImportRequest request, HttpContext http, ImportRows rows, ImportUpload upload, ImportReader reader, ImportAnnouncer announcer, Transfers transfers, Callers callers, TimeProvider time)
    {
        var caller = callers.Of(http);
        using var place = transfers.Begin(http);
        var cancellation = http.RequestAborted;
        var claim = await rows.ClaimAsync(Guid.CreateVersion7(time.GetUtcNow()), caller.Name, request.Key, request.DryRun, cancellation);
        if (claim.IsNew) await upload.ReceiveAsync(request, claim.Id, cancellation);
        else if (!CryptographicOperations.FixedTimeEquals(await request.FingerprintAsync(upload.Open(request, () => Task.FromResult(true)), cancellation), claim.Request))
            return new ProblemResult(Problems.IdempotencyKeyReused(request.Key!));
        await announcer.AnnounceAsync(claim.Id);
        http.Response.Headers.Location = $"{http.Request.PathBase}/v1/imports/{claim.Id}";
        http.Response.Headers.RetryAfter = "1";
        http.Response.Headers.CacheControl = "no-store";
        return JsonResult.Of(StatusCodes.Status202Accepted, (await reader.FindAsync(claim.Id, caller, cancellation))!, ImportJson.Responses.ImportResponse);
    }
}

internal sealed class ImportUploadRoute;
