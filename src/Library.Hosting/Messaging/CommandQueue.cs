using RabbitMQ.Client;

namespace Library.Hosting.Messaging;

/// <summary>
/// The one ordered queue for all commands. Publisher and worker declare it with this code, so that nothing is lost before the
/// first worker starts and their arguments cannot differ (a mismatch hangs a publisher; to change an argument, increase the version in the name).
/// </summary>
public static class CommandQueue
{
    /// <summary>Exchange (durable fan-out) and queue (quorum, single active consumer).</summary>
    public const string Name = "catalog-commands.v1";

    /// <summary>The error queue: messages that cannot be read or applied, with the reason in their headers.</summary>
    public const string ErrorName = Name + "_error";

    private static readonly Dictionary<string, object?> Arguments = OrderedQueue.Arguments(ErrorName);

    /// <summary>Declares exchange, queue and error queue.</summary>
    public static Task DeclareAsync(IChannel channel, CancellationToken cancellation) => OrderedQueue.DeclareAsync(channel, Name, ErrorName, Arguments, cancellation);
}
