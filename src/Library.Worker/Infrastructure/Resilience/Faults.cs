using System.Net.Sockets;
using Npgsql;
using RabbitMQ.Client.Exceptions;

namespace Library.Worker.Infrastructure.Resilience;

/// <summary>Distinguishes faults caused by the commands' content from faults of the environment.</summary>
internal static class Faults
{
    /// <summary>
    /// True: only an SQLSTATE of class 22 (data), 23 (constraint) or 54 (a limit of Postgres is passed), or an exception of our own code, says something about the commands.
    /// Every other fault (connection, disk, schema, rights, time-out) says nothing about them: they must wait.
    /// </summary>
    public static bool IsOfContent(Exception fault) => fault switch
    {
        OperationCanceledException => false,
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] } => true,
        NpgsqlException or RabbitMQClientException or TimeoutException or IOException or SocketException => false,
        // A connection or channel that was closed while in use.
        ObjectDisposedException => false,
        // Npgsql's exception for a connection that was lost while idle.
        InvalidOperationException { Source: "Npgsql" } => false,
        _ => true,
    };

    /// <summary>Deadlock or serialisation failure: retry without a delay.</summary>
    public static bool IsTransient(Exception fault) => fault is PostgresException { SqlState: ['4', '0', ..] };
}
