using Library.Hosting.Messaging;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Features.Commands;

/// <summary>Makes the commit notification of a batch. Pure.</summary>
internal static class Replies
{
    /// <summary>Limit of the resources' text in one notification, since every API instance receives it.</summary>
    private const int MaxCharacters = 100_000;

    /// <summary>Stores the outcomes that requests wait for with their messages.</summary>
    public static void Prepare(IReadOnlyList<QueuedMessage> batch, IReadOnlyList<Outcome> outcomes, DateTimeOffset completedAt)
    {
        if (!batch.Any(message => message.IsAwaited)) return;
        var decided = outcomes.ToDictionary(outcome => outcome.OperationId);
        foreach (var message in batch)
            if (message.IsAwaited && message.OperationId is { } id && decided.TryGetValue(id, out var outcome)) message.Decided = Decided(outcome, completedAt);
    }

    /// <returns>Null: the batch had no operation.</returns>
    public static BatchCommitted? To(IReadOnlyList<QueuedMessage> batch)
    {
        Guid[] ids = [.. batch.Select(message => message.OperationId).OfType<Guid>()];
        if (ids.Length == 0) return null;
        var left = MaxCharacters;
        DecidedOperation[] decided = [.. batch.Select(message => message.Decided).OfType<DecidedOperation>().TakeWhile(operation => (left -= CharactersOf(operation)) >= 0)];
        return new BatchCommitted { OperationIds = ids, Decided = decided.Length == 0 ? null : decided };
    }

    private static DecidedOperation Decided(Outcome outcome, DateTimeOffset completedAt) => new()
    {
        Id = outcome.OperationId,
        Resource = outcome.Resource,
        ResourceId = outcome.ResourceId,
        Effect = outcome.Effect,
        Version = outcome.Version,
        Position = outcome.Position,
        AcceptedAt = outcome.AcceptedAt.UtcDateTime,
        CompletedAt = completedAt.UtcDateTime,
        Problem = outcome.Problem,
        Caller = outcome.Caller,
        Author = (outcome.After as AuthorEntry)?.State,
        Book = (outcome.After as BookEntry)?.State,
    };

    private static int CharactersOf(DecidedOperation operation) => (operation.Author, operation.Book) switch
    {
        ({ } author, _) => author.Name.Length + (author.Bio?.Length ?? 0),
        (_, { } book) => book.Title.Length + (book.Description?.Length ?? 0),
        _ => 0,
    };
}
