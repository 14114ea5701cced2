using Library.Contracts.Commands;
using Library.Worker.Writing;

namespace Library.Worker.Storage;

/// <summary>What a transaction asks of the database before it decides: everything its commands may look at, in one go.</summary>
/// <param name="MaxEvents">How many events it may append at most.</param>
internal sealed record CatalogLoad(int MaxEvents, Guid[] Operations, Guid[] Resources, Guid[] Authors, Guid[] LastStates)
{
    public static CatalogLoad For(IReadOnlyList<PendingCommand> commands)
    {
        var resources = new HashSet<Guid>();
        var authors = new HashSet<Guid>();
        var lastStates = new HashSet<Guid>();
        foreach (var command in commands.Select(pending => pending.Command))
        {
            var (_, id) = Targets.Of(command);
            resources.Add(id);
            authors.UnionWith(Targets.AuthorsNamedBy(command));
            if (Targets.NeedsLastState(command)) lastStates.Add(id);
        }

        return new CatalogLoad(commands.Count, [.. commands.Select(c => c.Command.OperationId)], [.. resources], [.. authors], [.. lastStates]);
    }
}
