using Library.Hosting.TestHooks;
using Library.Worker.Infrastructure.Resilience;
using Library.Worker.Infrastructure.Storage;

namespace Library.Worker.Features.Commands;

/// <summary>
/// The catalog's only writer: takes commands off the ordered queue batch by batch, applies each batch in one transaction, and after the
/// commit notifies the API instances and acknowledges the batch. If there are several workers, the broker makes one the active consumer.
/// </summary>
internal sealed partial class CatalogWriter(
    OpenCommandConsumer openConsumer, BatchApplier applier, SchemaReadiness schema, WriterState state, TimeProvider time, ILogger<CatalogWriter> log)
    : BackgroundService
{
    private static readonly TimeSpan ReplyPatience = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WaitAsync(stoppingToken);
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2), time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var consumer = await openConsumer(stoppingToken);
                state.IsWell();
                backoff.Reset();
                LogListening();
                await WriteAsync(consumer, stoppingToken);
                if (!consumer.Lost.IsCancellationRequested) continue;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogLost(fault);
            }

            state.WaitsFor("The writer has no channel to the broker.");
            await backoff.WaitAsync(stoppingToken);
        }
    }

    private async Task WriteAsync(ICommandConsumer consumer, CancellationToken stopping)
    {
        // The current batch is finished before a stop, but its retries end ten seconds after the stop was requested.
        using var grace = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(consumer.Lost, grace.Token);
        await using var graceBegins = stopping.Register(() => grace.CancelAfter(TimeSpan.FromSeconds(10)));
        while (await consumer.NextBatchAsync(stopping) is { Count: > 0 } batch)
        {
            await applier.ApplyAsync(batch, consumer.Errors, abandon.Token);
            _ = ReplyAsync(consumer, batch);
            CrashPoint.At("before-acknowledge");
            await consumer.AcknowledgeAsync(batch);
            CrashPoint.At("after-acknowledge");
        }
    }

    /// <summary>Ends the waits for these operations. Fire and forget: a lost notification only delays a waiting request.</summary>
    private async Task ReplyAsync(ICommandConsumer consumer, IReadOnlyList<QueuedMessage> batch)
    {
        if (Replies.To(batch) is not { } committed) return;
        using var limit = new CancellationTokenSource(ReplyPatience, time);
        try
        {
            await consumer.ReplyAsync(committed, limit.Token).AsTask().WaitAsync(ReplyPatience, time);
        }
        catch (Exception fault)
        {
            LogReplyLost(committed.OperationIds.Count, fault);
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "The writer has subscribed to the command queue")]
    private partial void LogListening();

    [LoggerMessage(2, LogLevel.Warning, "The writer lost its channel; opening another. Unacknowledged commands will be redelivered")]
    private partial void LogLost(Exception fault);

    [LoggerMessage(3, LogLevel.Debug, "The commit notification for {Count} operations was not sent")]
    private partial void LogReplyLost(int count, Exception fault);
}
