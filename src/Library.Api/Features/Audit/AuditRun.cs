using System.Globalization;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.Reading;

namespace Library.Api.Features.Audit;

/// <summary>
/// The pages of a run: resources by id, then outcomes by id; or, with since, both by position. A run ends at the position that the
/// catalog had when the run began, however much is written meanwhile; the cursor holds that position.
/// </summary>
internal sealed class AuditRun(AuditReader audit, CatalogReader catalog, Cursors cursors)
{
    private const string Resources = "audit:resources";
    private const string Operations = "audit:operations";

    public async Task<AuditResponse> EverythingAsync(PageRequest page, CancellationToken cancellation)
    {
        if (page.After is { } cursor && Read(Operations, cursor) is { } place) return await OperationsAsync(place, page.Limit, cancellation);
        place = page.After is null ? new Place(Until: await catalog.LastPositionAsync(cancellation)) : Read(Resources, page.After) ?? throw WrongCursor();
        return await ResourcesAsync(place, page.Limit, cancellation);
    }

    public async Task<AuditResponse> ChangesAsync(long since, PageRequest page, CancellationToken cancellation)
    {
        // A cursor issued for another since does not belong to this run.
        var run = string.Create(CultureInfo.InvariantCulture, $"audit:since={since}");
        var place = page.After is null ? new Place(await EndAsync(since, cancellation), From: since) : Read(run, page.After) ?? throw WrongCursor();
        var through = await audit.EndOfChangesAsync(place.From, place.Until, page.Limit, cancellation);
        var changes = await audit.ChangesAsync(place.From, through, cancellation);
        // A refused or ineffective operation has the position of the then last event: it may have been decided after the run that ended there.
        var decidedFrom = page.After is null ? since - 1 : place.From;
        var response = changes.With(await audit.OperationsOfChangesAsync(decidedFrom, through, cancellation));
        return through < place.Until ? response with { Next = Write(run, place with { From = through }) } : await LastAsync(response, place.Until, cancellation);
    }

    private async Task<AuditResponse> ResourcesAsync(Place place, int limit, CancellationToken cancellation)
    {
        var (last, response) = await audit.ResourcesAsync(place.After, limit, cancellation);
        var next = response.Resources == limit ? Write(Resources, place with { After = last!.Value }) : Write(Operations, place with { After = Guid.Empty });
        return response with { Next = next };
    }

    private async Task<AuditResponse> OperationsAsync(Place place, int limit, CancellationToken cancellation)
    {
        var (last, response) = await audit.OperationsAsync(place.After, limit, cancellation);
        return response.Operations == limit ? response with { Next = Write(Operations, place with { After = last!.Value }) } : await LastAsync(response, place.Until, cancellation);
    }

    private async Task<AuditResponse> LastAsync(AuditResponse page, long until, CancellationToken cancellation)
    {
        var summary = await audit.SummaryAsync(cancellation);
        page = page with { Summary = summary, Position = until };
        return summary.RelayedPosition >= 0 && summary.RelayedPosition <= summary.LastPosition
            ? page
            : page.WithLost(new AuditFinding { Kind = "lost", Resource = "relay", What = "The relay's position is missing, or lies behind the last event: events will not be published." });
    }

    private async Task<long> EndAsync(long since, CancellationToken cancellation)
    {
        var last = await catalog.LastPositionAsync(cancellation);
        if (since <= last) return last;
        throw RefusalException.OfQuery("since", string.Create(CultureInfo.InvariantCulture, $"It lies behind the last event, whose position is {last}."));
    }

    private string Write(string run, Place place) =>
        cursors.Write(run, new PageKey(string.Create(CultureInfo.InvariantCulture, $"{place.Until} {place.From}"), place.After));

    private Place? Read(string run, string cursor)
    {
        if (!cursors.TryRead(run, cursor, out var key) || (key!.Value as string)?.Split(' ') is not [var until, var from]) return null;
        return new Place(long.Parse(until, CultureInfo.InvariantCulture), long.Parse(from, CultureInfo.InvariantCulture), key.Id);
    }

    private static RefusalException WrongCursor() => RefusalException.OfQuery("after", "It must be a cursor that this very audit gave as next.");

    /// <param name="Until">Position of the last event when the run began.</param>
    /// <param name="From">The position after which the page begins, if pages are ordered by position.</param>
    /// <param name="After">The id after which the page begins, if pages are ordered by id.</param>
    private sealed record Place(long Until, long From = 0, Guid After = default);
}
