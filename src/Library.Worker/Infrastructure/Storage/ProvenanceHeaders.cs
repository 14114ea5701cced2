using Library.Hosting.Events;
using Library.Worker.Infrastructure.Model;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>Provenance to and from the headers that keep it.</summary>
internal static class ProvenanceHeaders
{
    public static EventHeaders ToHeaders(this Provenance by) => new(by.OperationId, by.ImportId, by.CausedBy, by.TraceParent, by.Actor);

    /// <summary>Provenance of an event that follows from the one with these headers.</summary>
    public static Provenance CauseOf(this EventHeaders headers, Guid eventId) => new(headers.OperationId, headers.ImportId, eventId, headers.TraceParent, headers.Actor);
}
