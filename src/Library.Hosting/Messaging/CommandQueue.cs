using RabbitMQ.Client;

namespace Library.Hosting.Messaging;

/// <summary>
/// The one ordered queue that all commands go through. Publisher and worker declare it from here, so that nothing is lost before the
/// first worker starts and no argument can differ between them (a differing one hangs a publisher: the name's version grows instead).
/// </summary>
public static class CommandQueue
{
    /// <summary>Exchange (durable fan-out) and queue (quorum, single active consumer).</summary>
    public const string Name = "catalog-commands.v1";

    /// <summary>Where messages go that can't be read or applied, with their reason in the headers.</summary>
    public const string ErrorName = Name + "_error";

    private static readonly Dictionary<string, object?> Arguments = OrderedQueue.Arguments(ErrorName);

    /// <summary>Declares exchange, queue and error queue.</summary>
    public static Task DeclareAsync(IChannel channel, CancellationToken cancellation) => OrderedQueue.DeclareAsync(channel, Name, ErrorName, Arguments, cancellation);
}
