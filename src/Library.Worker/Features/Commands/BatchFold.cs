using Library.Contracts;
using Library.Contracts.Commands;
using Library.Hosting.Operations;
using Library.Worker.Features.Authors;
using Library.Worker.Features.Books;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Commands;

/// <summary>Decides one command after another over the catalog in memory. Pure: the same snapshot and commands give the same outcomes.</summary>
internal static class BatchFold
{
    /// <summary>Appends the commands' events to the catalog and returns an outcome for each command, a repeated operation only once.</summary>
    public static IReadOnlyList<Outcome> Apply(Catalog catalog, IReadOnlyList<PendingCommand> commands, IReadOnlySet<Guid> done)
    {
        var outcomes = new List<Outcome>(commands.Count);
        var decided = new HashSet<Guid>(done);
        foreach (var pending in commands)
        {
            if (!decided.Add(pending.Command.OperationId)) continue;
            outcomes.Add(Apply(catalog, pending));
        }

        return outcomes;
    }

    private static Outcome Apply(Catalog catalog, PendingCommand pending)
    {
        var command = pending.Command;
        var (resource, id) = Targets.Of(command);
        var (data, refusal) = Invalid(command) is { } wrong ? Decision.Refuse(wrong) : Decide(catalog, command);
        var appended = data is null ? null : catalog.Append(data, new Provenance(OperationId: command.OperationId, TraceParent: pending.TraceParent, Actor: command.Actor));
        return new Outcome(
            command.OperationId,
            command.GetType().Name,
            resource,
            id,
            refusal is not null ? null : appended?.Type.Effect ?? Effects.Unchanged,
            refusal is not null ? null : catalog.Find(id)?.Version,
            catalog.Position,
            command.AcceptedAt,
            refusal)
        {
            Caller = command.Actor,
            After = refusal is not null ? null : catalog.Find(id),
        };
    }

    /// <summary>What is wrong with the state in a command; null: nothing. A patch is validated once it is applied.</summary>
    private static Problem? Invalid(CatalogCommand command) => command switch
    {
        CreateAuthor c => StateRules.Check(c.Author),
        ReplaceAuthor c => StateRules.Check(c.Author),
        CreateBook c => StateRules.Check(c.Book),
        ReplaceBook c => StateRules.Check(c.Book),
        _ => null,
    };

    public static Decision Decide(ICatalogView catalog, CatalogCommand command) => command switch
    {
        CreateAuthor c => AuthorResource.Instance.Create(catalog, c.Author.Id, c.Author),
        ReplaceAuthor c => AuthorResource.Instance.Replace(catalog, c, c.Author.Id, c.Author, c.CreateOnly),
        PatchAuthor c => AuthorResource.Instance.Patch(catalog, c, c.AuthorId, c.Patch),
        DeleteAuthor c => AuthorResource.Instance.Delete(catalog, c, c.AuthorId),
        RestoreAuthor c => RestoreAuthorDecision.Decide(catalog, c),
        CreateBook c => BookResource.Instance.Create(catalog, c.Book.Id, c.Book),
        ReplaceBook c => BookResource.Instance.Replace(catalog, c, c.Book.Id, c.Book, c.CreateOnly),
        PatchBook c => BookResource.Instance.Patch(catalog, c, c.BookId, c.Patch),
        DeleteBook c => BookResource.Instance.Delete(catalog, c, c.BookId),
        RestoreBook c => RestoreBookDecision.Decide(catalog, c),
        _ => throw new InvalidOperationException($"{command.GetType()} is no command of the catalog"),
    };
}
