namespace Library.Worker.Infrastructure.Storage;

/// <summary>What a transaction asks of the database before it decides: everything its commands may look at, in one go.</summary>
/// <param name="MaxEvents">How many events it may append at most.</param>
internal sealed record CatalogLoad(int MaxEvents, Guid[] Operations, Guid[] Resources, Guid[] Authors, Guid[] LastStates);
