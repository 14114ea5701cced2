using Library.Contracts.Commands;

namespace Library.Worker.Features.Commands;

/// <summary>A command as it came out of the queue, with the trace that it belongs to.</summary>
internal sealed record PendingCommand(CatalogCommand Command, string? TraceParent);
