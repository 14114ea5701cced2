using Library.Contracts.Events;

namespace Library.Simulation;

/// <summary>What must hold when all is quiet. It knows the events and what clients asked for, and none of the code that made one of the other.</summary>
internal static class Audit
{
    public static bool IsQuiet(World world) => Unrest(world) == "";

    /// <summary>What is still to be done; empty: nothing.</summary>
    public static string Unrest(World world)
    {
        var database = world.Database;
        if (world.Commands.Count > 0) return $"{world.Commands.Count} commands wait";
        if (world.Cascades.Count > 0) return $"{world.Cascades.Count} starts of cascades wait";
        if (world.Imports.Count > 0) return $"{world.Imports.Count} imports wait";
        if (database.Authors.Any(author => author.Value.DeletedAt is not null)) return "a deletion is unfinished";
        if (database.Restorations.Count > 0) return "a restore is unfinished";
        if (database.Imports.Values.Any(import => import.Row.IsToApply)) return "an import is unfinished";
        return database.RelayPosition < database.LastPosition ? $"the relay is at {database.RelayPosition} of {database.LastPosition}" : "";
    }

    public static void Check(World world)
    {
        Positions(world);
        Operations(world);
        Order(world);
        if (world.FirstPublished != world.Database.Events.Count) world.Violate($"{world.FirstPublished} of {world.Database.Events.Count} events were published");
        Rows(world);
        Restores(world);
        foreach (var (id, import) in world.Database.Imports) Import(world, id, import);
        if (world.Violation is null) Model.Check(world);
    }

    private static void Positions(World world)
    {
        EventRow? last = null;
        foreach (var row in world.Database.Events)
        {
            if (last is not null && (row.Event.Position <= last.Event.Position || row.At < last.At)) world.Violate($"event {row.Event.Position} was committed after {last.Event.Position}");
            last = row;
        }

        foreach (var (id, stream) in world.Database.Streams)
            if (!stream.Select(row => row.Event.Version).SequenceEqual(Enumerable.Range(1, stream.Count))) world.Violate($"the versions of {id} have gaps");
    }

    private static void Operations(World world)
    {
        foreach (var id in world.Asked.Keys.Where(id => !world.Database.Operations.ContainsKey(id))) world.Violate($"{world.NameOf(id)} was accepted and never decided");
        foreach (var outcome in world.Database.Decided.GroupBy(outcome => outcome.OperationId).Where(group => group.Count() > 1)) world.Violate($"{world.NameOf(outcome.Key)} was decided twice");
        var direct = world.Database.Events.Where(row => row.Event.Provenance is { OperationId: not null, CausedBy: null }).ToLookup(row => row.Event.Provenance.OperationId!.Value);
        foreach (var group in direct.Where(group => !world.Asked.ContainsKey(group.Key))) world.Violate($"nobody asked for event {group.First().Event.Position}");
        foreach (var outcome in world.Database.Decided)
        {
            if (!world.Asked.TryGetValue(outcome.OperationId, out var command)) world.Violate($"nobody asked for operation {outcome.OperationId}");
            if ((command is null || outcome.Problem?.Status == 500) && !world.DeadLettered.Contains(outcome.OperationId)) world.Violate($"{world.NameOf(outcome.OperationId)} was not dead-lettered");
            var events = direct[outcome.OperationId].ToArray();
            var effective = outcome.Effect is not (null or "unchanged");
            if (events.Length != (effective ? 1 : 0)) world.Violate($"{world.NameOf(outcome.OperationId)} had {events.Length} events, and its outcome is {outcome.Effect ?? "refused"}");
            else if (effective && (events[0].Event.Position != outcome.Position || events[0].Event.Version != outcome.Version || events[0].Event.ResourceId != outcome.ResourceId))
                world.Violate($"{world.NameOf(outcome.OperationId)} does not tell its event {events[0].Event.Position}");
        }
    }

    /// <summary>Commands are decided in the order in which the queue had them first.</summary>
    private static void Order(World world)
    {
        var asked = world.Commands.History.Where(message => message.Command is not null).Select(message => message.OperationId!.Value).Distinct();
        var decided = world.Database.Decided.Select(outcome => outcome.OperationId).Where(id => world.Asked[id] is not null);
        foreach (var (first, second) in asked.Zip(decided))
        {
            if (first == second) continue;
            world.Violate($"{world.NameOf(second)} overtook {world.NameOf(first)}");
            return;
        }
    }

    /// <summary>The tables are what the events tell, and no book names an author that is not there.</summary>
    private static void Rows(World world)
    {
        var told = new ReplayedEvents();
        foreach (var row in world.Database.Events) told.Apply(row.Event.Data);
        var database = world.Database;
        if (told.Authors.Count != database.Authors.Count || told.Authors.Any(author => database.Authors.GetValueOrDefault(author.Key)?.State != author.Value)) world.Violate($"authors are not what the events tell");
        if (told.Books.Count != database.Books.Count) world.Violate($"books are not what the events tell");
        foreach (var (id, book) in told.Books)
        {
            if (!database.Books.TryGetValue(id, out var row) || row.State.Title != book.Title || !row.State.AuthorIds.SequenceEqual(book.AuthorIds)) world.Violate($"book {id} is not what the events tell");
            foreach (var author in book.AuthorIds.Where(author => !told.Authors.ContainsKey(author))) world.Violate($"book {id} names author {author}, who is not there");
        }
    }

    /// <summary>A book that nothing but cascades has changed since it lost an author has the author again once that one is back.</summary>
    private static void Restores(World world)
    {
        var events = world.Database.Events.Select(row => row.Event).ToArray();
        foreach (var restored in events.Where(e => e.Data is AuthorRestored))
        {
            var deletion = events.Last(e => e.ResourceId == restored.ResourceId && e.Position < restored.Position);
            if (deletion.Data is not AuthorDeleted || events.Any(e => e.ResourceId == restored.ResourceId && e.Position > restored.Position && e.Data is AuthorDeleted)) continue;
            foreach (var removal in events.Where(e => e.Provenance.CausedBy == deletion.EventId && e.Position < restored.Position))
            {
                if (events.Any(e => e.ResourceId == removal.ResourceId && e.Position > removal.Position && e.Provenance.CausedBy is null)) continue;
                if (!world.Database.Books.TryGetValue(removal.ResourceId, out var book) || !book.State.AuthorIds.Contains(restored.ResourceId))
                    world.Violate($"book {removal.ResourceId} did not follow its author, restored at {restored.Position}");
            }
        }
    }

    private static void Import(World world, Guid id, ImportData import)
    {
        if (import.Applied + import.Unchanged + import.Refused != import.Records.Count)
            world.Violate($"import {id} counts {import.Applied} + {import.Unchanged} + {import.Refused} of {import.Records.Count} records");
        if (import.RefusedLines.Count != import.Refused) world.Violate($"import {id} refused {import.RefusedLines.Count} records and counts {import.Refused}");
        var own = world.Database.Events.Where(row => row.Event.Provenance is { CausedBy: null } by && by.ImportId == id).Select(row => row.Event).ToArray();
        var applied = own.Where(e => e.Data is not ImportCompleted).ToArray();
        if (applied.Length != (import.Row.DryRun ? 0 : import.Applied)) world.Violate($"import {id} counts {import.Applied} applied records and has {applied.Length} events");
        if (applied.DistinctBy(e => e.ResourceId).Count() != applied.Length) world.Violate($"a record of import {id} was applied twice");
        if (own.Length - applied.Length != (applied.Length > 0 ? 1 : 0)) world.Violate($"import {id} was completed {own.Length - applied.Length} times");
        if (own.LastOrDefault() is { Data: ImportCompleted { Import: var told } } && (told.Applied, told.Unchanged, told.Refused) != (import.Applied, import.Unchanged, import.Refused))
            world.Violate($"import {id} does not tell its counts");
        foreach (var poison in import.Records.Where(record => record.Command is Contracts.Commands.ReplaceBook { Book.Title: Database.Poison }))
            if (!import.RefusedLines.Contains((poison.Kind, poison.Line)) && !import.Row.DryRun) world.Violate($"line {poison.Line} of import {id} can't have been applied");
    }
}
