namespace Library.Worker.Infrastructure.Storage;

/// <summary>What a transaction loads before it decides: everything that its commands may need, in one round trip.</summary>
/// <param name="MaxEvents">How many events it may append at most.</param>
internal sealed record CatalogLoad(int MaxEvents, Guid[] Operations, Guid[] Resources, Guid[] Authors, Guid[] LastStates);
