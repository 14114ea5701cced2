using System.Globalization;
using Library.Contracts;

namespace Library.Hosting.Errors;

/// <summary>Every kind of problem that the service answers with or writes to an operation; docs/problems.md describes them.</summary>
public static class Problems
{
    public static Problem Malformed(string detail, IReadOnlyDictionary<string, string[]>? errors = null) =>
        Make("malformed", "The request cannot be read", 400, detail, errors);

    public static Problem Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        Make("invalid", "A field is wrong", 422, "See errors: each names a field and what it must be. Nothing was changed.", errors);

    public static Problem UnknownAuthors(IReadOnlyDictionary<string, string[]> errors) =>
        Make("unknown-author", "A book names an author that is not in the catalog", 422,
            "Create the author first, or correct its id in authorIds. Nothing was changed.", errors);

    public static Problem NotFound(string resource, Guid id) =>
        Make("not-found", "There is no such resource", 404, $"There is no {resource} {id}.");

    public static Problem NoRoute(string path) =>
        Make("not-found", "There is no such resource", 404, $"Nothing is served at {path}; /docs lists what is.");

    public static Problem IdTaken(Guid id, string takenBy) =>
        Make("id-taken", "The id is taken", 409, $"The id {id} is that of another resource ({takenBy}). Choose another, or leave the id out to have one made.");

    public static Problem Exists(string resource, Guid id) =>
        Make("exists", "The resource is there already", 412, $"If-None-Match: * asked to create {resource} {id}, but there is one.");

    public static Problem VersionMismatch(string resource, Guid id, IReadOnlyList<int> expected, int? actual) =>
        Make("version-mismatch", "The resource has another version", 412, actual is { } version
            ? string.Create(CultureInfo.InvariantCulture, $"If-Match asked for version {string.Join(" or ", expected)} of {resource} {id}, which is at version {version}. Read it again, then decide.")
            : string.Create(CultureInfo.InvariantCulture, $"If-Match asked for version {string.Join(" or ", expected)} of {resource} {id}, which is not there."));

    public static Problem NotDeleted(string resource, Guid id) =>
        Make("not-deleted", "There is nothing to restore", 409, $"The {resource} {id} is not deleted.");

    public static Problem NoAuthorLeft(Guid bookId) =>
        Make("no-author-left", "The book has no author left", 409, $"Every author of book {bookId} is deleted. Restore one of them: the book then comes back with it, or can be restored.");

    public static Problem Expired(Guid id, TimeSpan retention) =>
        Make("expired", "The operation is past its retention", 410, string.Create(CultureInfo.InvariantCulture,
            $"Outcomes are kept for {retention.TotalDays:0.##} days; that of {id} is gone. A command that old is never applied."));

    public static Problem Unreadable(string reason) =>
        Make("unreadable", "The command cannot be read", 400, $"The message was moved to the error queue: {reason}");

    public static Problem Inapplicable(string reason) =>
        Make("inapplicable", "The command cannot be applied", 500,
            $"The service failed on this command alone and moved it to the error queue, for its operator to look at ({reason}). Nothing was changed.");

    public static Problem UploadBroken { get; } =
        Make("upload-broken", "The upload broke off", 400, "Not all of the body arrived, so nothing of it is applied. Send it again; the same Idempotency-Key starts this very import over.");

    public static Problem RecordTooLarge(int maxBytes) =>
        Make("record-too-large", "The record is too large", 413, string.Create(CultureInfo.InvariantCulture,
            $"A record may have {maxBytes} bytes. This one was skipped up to the end of its line; in CSV, look for a quote that is not closed."));

    /// <param name="line">The line that counts.</param>
    public static Problem Superseded(string line) =>
        Make("superseded", "A later record of the same file counts", 409, $"Line {line} has the same key or id, and the last one wins.");

    public static Problem InapplicableRecord(string reason) =>
        Make("inapplicable", "The command cannot be applied", 500, $"The service failed on this record alone ({reason}). Nothing was changed by it.");

    public static Problem UploadRunning(Guid importId) =>
        Make("upload-running", "The upload is still running", 409, $"The first request with this Idempotency-Key is still sending import {importId}. Wait for its end, or cancel the import.");

    /// <param name="reason">Why the first of them is refused.</param>
    public static Problem AllRefused(long count, string reason) =>
        Make("all-refused", "No record can be read", 422, string.Create(CultureInfo.InvariantCulture,
            $"The first {count} records are all refused, the last of them so: {reason} Is it the right file, and the right Content-Type? Nothing was applied."));

    public static Problem ExpandsTooFar(int ratio) =>
        Make("expands-too-far", "The body expands too far", 413, string.Create(CultureInfo.InvariantCulture,
            $"A byte of a gzip body may stand for {ratio} bytes on average; this one stands for more. Send it plain, or in parts. Nothing was applied."));

    /// <param name="verb">What was asked for: pause, resume, cancel, undo.</param>
    public static Problem ImportState(Guid id, string verb, string status) =>
        Make("import-state", "The import is not in a state for this", 409, $"Import {id} is {status}: there is nothing to {verb}.");

    public static Problem RecordsGone(Guid id) =>
        Make("records-gone", "The records of the import are gone", 410, $"The records of import {id} are past their retention: it can't be undone, nor those that were refused be shown.");

    public static Problem NotReplayable(string reason) =>
        Make("not-replayable", "The message cannot be sent again", 409,
            $"It still cannot be read: {reason} Discard it, or try again with a version of the service that reads it.");

    public static Problem NotAccepted { get; } =
        Make("not-accepted", "The command was not accepted", 503, "The message broker cannot be reached: the command never left the API. Send it again later.");

    public static Problem NotAcceptedUnkeyed { get; } =
        Make("not-accepted", "The command was not accepted", 503,
            "The database, which keeps idempotency keys, cannot be reached: the command never left the API. Send it again later, or without Idempotency-Key.");

    public static Problem IdempotencyKeyReused(string key) =>
        Make("idempotency-key-reused", "The idempotency key stands for another request", 422,
            $"The key {key} was sent before with another method, path or body. Nothing was sent: use a new key for a new request.");

    public static Problem Unconfirmed { get; } =
        Make("unconfirmed", "The command was not confirmed", 503,
            "The message broker did not answer in time: the command may still be applied. Operation-Location tells; repeating it is safe with the same Idempotency-Key or the same client-chosen id.");

    public static Problem BodiesTakeAll { get; } =
        Make("bodies-take-all", "Too many large bodies are under way", 503, "All memory for bodies is taken by other requests. Nothing was done: send it again later.");

    public static Problem Unavailable { get; } =
        Make("unavailable", "The catalog cannot be read now", 503, "The database cannot be reached or did not answer in time. Try again later.");

    public static Problem PositionNotReached(long position) =>
        Make("position-not-reached", "The catalog has not come that far", 503, string.Create(CultureInfo.InvariantCulture,
            $"Library-Min-Position asked for position {position}, which the database has not reached within the time to wait. Try again."));

    public static Problem TooManyStreams(int max) =>
        Make("too-many-streams", "Too many live streams are open", 503, string.Create(CultureInfo.InvariantCulture,
            $"This instance serves {max} live streams of events at most. Try again later, or read the events page by page."));

    public static Problem Fault { get; } =
        Make("fault", "The service failed", 500, "The fault is logged by the service, with the trace id of this answer.");

    public static Problem TooManyTransfers(int max) =>
        Make("too-many-transfers", "Too many uploads and exports are under way", 503, string.Create(CultureInfo.InvariantCulture,
            $"This instance serves {max} uploads, exports and lists of refused records at once. Nothing was read of this one: try again later."));

    /// <param name="reason">What is wrong with the credentials, without a full stop.</param>
    public static Problem Unauthorized(string reason) =>
        Make("unauthorized", "Unauthorized", 401, $"{reason}. WWW-Authenticate tells which credentials are asked for.");

    /// <param name="scope">The one that is missing.</param>
    /// <param name="granted">Those that the caller has.</param>
    public static Problem Forbidden(string scope, string granted) =>
        Make("forbidden", "Forbidden", 403, $"This needs the scope {scope}; the credentials have {(granted.Length == 0 ? "none" : granted)}. Nothing was done.");

    public static Problem Misdirected(string host) =>
        Make("misdirected-request", "Misdirected request", 421,
            $"The request is for {host}, which is no name of this machine. Ask it by localhost or 127.0.0.1, or name the host in Library:Http:Hosts.");

    public static Problem ForeignOrigin { get; } =
        Make("foreign-origin", "A page of another origin sent this", 403,
            "Without authentication only pages of the service itself may call it. Name the page's origin in Library:Http:CorsOrigins, or turn authentication on. Nothing was done.");

    public static Problem NoApiKeys(string mode) =>
        Make("no-api-keys", "API keys are not in use", 409, $"Library:Auth:Mode is {mode}, in which nobody is asked for a key, so none is made. Set it to ApiKey first.");

    public static Problem TooManyTransfersOfCaller(int max) =>
        Make("too-many-transfers", "Too many uploads and exports are under way", 503, string.Create(CultureInfo.InvariantCulture,
            $"One caller may have {max} uploads, exports and lists of refused records under way at once. Nothing was read of this one: let one of yours end first."));

    /// <summary>A status code of the server itself (405, 406, 413, 415, 429, …) as a problem.</summary>
    public static Problem OfStatus(int status, string title, string detail) =>
        Make(title.ToLowerInvariant().Replace(' ', '-'), title, status, detail);

    private static Problem Make(string kind, string title, int status, string detail, IReadOnlyDictionary<string, string[]>? errors = null) =>
        new() { Type = "/problems#" + kind, Title = title, Status = status, Detail = detail, Errors = errors };
}
