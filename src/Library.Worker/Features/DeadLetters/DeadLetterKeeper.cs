using Library.Hosting.Messaging;
using Library.Hosting.TestHooks;
using Library.Worker.Infrastructure.Resilience;
using Library.Worker.Infrastructure.Storage;
using Npgsql;
using NpgsqlTypes;
using RabbitMQ.Client;

namespace Library.Worker.Features.DeadLetters;

/// <summary>Moves messages from the error queue to the table of dead letters, each once: first stored, then acknowledged.</summary>
internal sealed partial class DeadLetterKeeper(IConnectionFactory broker, NpgsqlDataSource postgres, SchemaReadiness schema, TimeProvider time, ILogger<DeadLetterKeeper> log)
    : BackgroundService
{
    /// <summary>Dead letters are rare: polling once a second costs less than a permanent consumer.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const string Insert = """
        insert into dead_letters (id, digest, message_id, operation_id, reason, body, headers, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp()) on conflict (digest) do nothing
        """;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5), time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await broker.CreateConnectionAsync("library-dead-letters", stoppingToken);
                await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
                await CommandQueue.DeclareAsync(channel, stoppingToken);
                backoff.Reset();
                while (true) await KeepAllAsync(channel, stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(fault);
            }

            await backoff.WaitAsync(stoppingToken);
        }
    }

    private async Task KeepAllAsync(IChannel channel, CancellationToken cancellation)
    {
        while (await channel.BasicGetAsync(CommandQueue.ErrorName, autoAck: false, cancellation) is { } message)
        {
            await StoreAsync(DeadLetter.Of(message.BasicProperties, message.Body.ToArray()), cancellation);
            CrashPoint.At("dead-letter-stored");
            await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellation);
        }

        await Task.Delay(Interval, time, cancellation);
    }

    private async Task StoreAsync(DeadLetter letter, CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand(Insert);
        command.Parameters.AddRange(new NpgsqlParameter[]
        {
            Sql.Value(Guid.CreateVersion7(time.GetUtcNow()), NpgsqlDbType.Uuid),
            Sql.Value(letter.Digest, NpgsqlDbType.Bytea),
            Sql.Value(letter.MessageId, NpgsqlDbType.Text),
            Sql.Value(letter.OperationId, NpgsqlDbType.Uuid),
            Sql.Value(letter.Reason, NpgsqlDbType.Text),
            Sql.Value(letter.Body, NpgsqlDbType.Bytea),
            Sql.Value(letter.Headers, NpgsqlDbType.Jsonb),
        });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(1, LogLevel.Warning, "Dead letters cannot be moved out of the error queue at the moment; retrying")]
    private partial void LogFailed(Exception fault);
}
