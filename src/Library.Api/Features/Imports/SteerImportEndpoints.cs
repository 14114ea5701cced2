using System.ComponentModel;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;
using Npgsql;

namespace Library.Api.Features.Imports;

/// <summary>Pause, resume, cancel, undo: each updates the import's row, which the worker checks before its next chunk.</summary>
internal static class SteerImportEndpoints
{
    private static readonly (string Verb, string Name, string Summary, string Description, string Sql)[] Verbs =
    [
        ("pause", "PauseImport", "Pause an import", "No further record is applied until it is resumed. What was applied stays.",
            "update imports set status = 'paused', updated_at = clock_timestamp() where id = $1 and status in ('running', 'paused')"),
        ("resume", "ResumeImport", "Go on with a paused import", "It goes on behind the last record that was applied.",
            "update imports set status = 'running', updated_at = clock_timestamp() where id = $1 and status in ('running', 'paused')"),
        ("cancel", "CancelImport", "Cancel an import", "The records that are not applied yet never will be. What was applied stays, and can be undone.",
            """
            update imports set status = 'cancelled', updated_at = clock_timestamp(), completed_at = coalesce(completed_at, clock_timestamp())
            where id = $1 and status in ('receiving', 'running', 'paused', 'cancelled')
            """),
        ("undo", "UndoImport", "Take an import back",
            "What it created is deleted and what it changed is changed back, where nothing else has changed it since and no book from elsewhere names the author; the rest is counted as kept. Books first, then authors, in the background.",
            """
            update imports set undo = coalesce(undo, 'running'), cursor_kind = case when undo is null then 2 else cursor_kind end,
              cursor_line = case when undo is null then 0 else cursor_line end, updated_at = clock_timestamp()
            where id = $1 and status in ('succeeded', 'cancelled') and not dry_run and total is not null
            """),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (verb, name, summary, description, sql) in Verbs)
        {
            routes.MapPost($"/imports/{{id:guid}}/{verb}",
                    ([Description("The import's id.")] Guid id, HttpContext http, ImportRows rows, ImportReader reader, ImportAnnouncer announcer, Callers callers) =>
                        HandleAsync(id, verb, sql, http, callers.Of(http), rows, reader, announcer))
                .WithName(name)
                .WithSummary(summary)
                .WithDescription(description + " Doing it twice does no more.")
                .Produces<ImportResponse>()
                .Refuses(404, 409, 410, 503);
        }
    }

    private static async Task<IResult> HandleAsync(
        Guid id, string verb, string sql, HttpContext http, Caller caller, ImportRows rows, ImportReader reader, ImportAnnouncer announcer)
    {
        var cancellation = http.RequestAborted;
        if (await reader.FindAsync(id, caller, cancellation) is not { } before) return new ProblemResult(Problems.NotFound("import", id));
        if (verb == "undo" && before is { Total: not null, Undo: null } && !await reader.HasRecordsAsync(id, cancellation)) return new ProblemResult(Problems.RecordsGone(id));
        if (!await rows.ExecuteAsync(sql, cancellation, new NpgsqlParameter<Guid> { TypedValue = id }))
            return new ProblemResult(Problems.ImportState(id, verb, before.DryRun ? "a dry run, " + before.Status : before.Status));
        if (verb is "resume" or "undo") await announcer.AnnounceAsync(id);
        http.Response.Headers.CacheControl = "no-store";
        return JsonResult.Of(StatusCodes.Status200OK, (await reader.FindAsync(id, caller, cancellation))!, ImportJson.Responses.ImportResponse);
    }
}
