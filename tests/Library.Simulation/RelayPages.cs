using Library.Hosting.Events;
using Library.Worker.Infrastructure.Storage;

namespace Library.Simulation;

/// <summary>The relay's page: RelayLead's query.</summary>
internal static class RelayPages
{
    public static IReadOnlyList<StoredEvent> Page(this Database database, long after, int size)
    {
        if (database.LastPosition <= after) return [];
        var previous = database.Events.LastOrDefault(row => row.Event.Position <= after)?.Event.Position ?? 0;
        var page = new List<StoredEvent>();
        foreach (var row in database.Events.Where(row => row.Event.Position > after).OrderBy(row => row.Event.Position).Take(size))
        {
            page.Add(new StoredEvent(row.Event.Position, previous, row.Event.EventId, row.Event.ResourceId, row.Event.Version, row.At.UtcDateTime, row.Event.Type.StoredName, "{}"u8.ToArray(), row.Event.Provenance.ToHeaders()));
            previous = row.Event.Position;
        }

        return page;
    }
}
