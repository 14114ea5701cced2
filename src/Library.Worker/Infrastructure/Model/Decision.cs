using Library.Contracts;

namespace Library.Worker.Infrastructure.Model;

/// <summary>What follows from a command: an event, nothing, or a refusal.</summary>
/// <param name="Event">One of Library.Contracts.Events with state and changed fields set; identity and provenance are added when it is appended.</param>
/// <param name="Refusal">Why the command has no effect.</param>
internal readonly record struct Decision(object? Event, Problem? Refusal)
{
    /// <summary>The resource already is as the command wants it.</summary>
    public static Decision Unchanged => default;

    public static Decision Accept(object @event) => new(@event, null);

    public static Decision Refuse(Problem problem) => new(null, problem);
}
