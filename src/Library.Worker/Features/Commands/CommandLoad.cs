using Library.Worker.Infrastructure.Storage;

namespace Library.Worker.Features.Commands;

/// <summary>The rows that a batch of commands may need.</summary>
internal static class CommandLoad
{
    public static CatalogLoad Of(IReadOnlyList<PendingCommand> commands)
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
