using Library.Hosting.Errors;
using Library.Hosting.Operations;
using Library.Hosting.TestHooks;
using Library.Worker.Infrastructure.Model;
using Library.Worker.Infrastructure.Resilience;
using Library.Worker.Infrastructure.Storage;
using Npgsql;

namespace Library.Worker.Features.Commands;

/// <summary>
/// Applies a batch of commands exactly once, in order: one transaction, retried until it is committed. If the content of a command makes
/// it fail, the batch is halved until that command is isolated and refused; the rest is applied.
/// </summary>
internal sealed partial class BatchApplier(
    ICatalogStore store,
    OperationIds operationIds,
    OperationPartitions partitions,
    WriterState state,
    WriterMetrics metrics,
    TimeProvider time,
    ILogger<BatchApplier> log)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Returns when every message is decided and committed, or dead-lettered.</summary>
    /// <param name="batch">In queue order.</param>
    /// <param name="errors">The error queue, for messages that cannot be read or applied.</param>
    /// <param name="abandon">Stops the retries: the batch stays in the queue and is redelivered.</param>
    public async Task ApplyAsync(IReadOnlyList<QueuedMessage> batch, IErrorQueue errors, CancellationToken abandon)
    {
        var backoff = new Backoff(FirstWait, LongestWait, time);
        while (true)
        {
            try
            {
                await CommitAsync(batch, errors, abandon);
                state.IsWell();
                return;
            }
            catch (Exception fault) when (Faults.IsOfContent(fault) && batch.Count > 1)
            {
                LogHalving(batch.Count, fault);
                await ApplyAsync([.. batch.Take(batch.Count / 2)], errors, abandon);
                await ApplyAsync([.. batch.Skip(batch.Count / 2)], errors, abandon);
                return;
            }
            catch (Exception fault) when (Faults.IsOfContent(fault) && batch[0].Command is not null)
            {
                if (await TryRefuseAsync(batch[0], fault, errors, abandon)) return;
            }
            catch (Exception fault) when (!abandon.IsCancellationRequested)
            {
                Report(fault);
            }

            await backoff.WaitAsync(abandon);
        }
    }

    private async Task CommitAsync(IReadOnlyList<QueuedMessage> batch, IErrorQueue errors, CancellationToken cancellation)
    {
        var commands = new List<PendingCommand>(batch.Count);
        var unreadable = new List<Outcome>();
        foreach (var message in batch)
        {
            if (Unfit(message) is { } reason)
            {
                await DeadLetterAsync(message, reason, errors, cancellation);
                if (message.Command is null && UnreadableOutcome(message, reason) is { } outcome) unreadable.Add(outcome);
            }
            else commands.Add(message.Command!);
        }

        if (commands.Count == 0 && unreadable.Count == 0) return;
        var load = CommandLoad.Of(commands);
        var started = time.GetTimestamp();
        var (transaction, loaded) = await store.BeginAsync(
            load with { Operations = [.. load.Operations, .. unreadable.Select(outcome => outcome.OperationId)] }, cancellation);
        await using var _ = transaction;
        var catalog = new Catalog(loaded.Snapshot);
        var outcomes = BatchFold.Apply(catalog, commands, loaded.Done);
        var decided = outcomes.Select(outcome => outcome.OperationId).ToHashSet();
        await transaction.CommitAsync(
            catalog,
            [.. outcomes, .. unreadable.Where(outcome => !loaded.Done.Contains(outcome.OperationId) && decided.Add(outcome.OperationId))
                .Select(outcome => outcome with { Position = catalog.Position })],
            cancellation);
        Replies.Prepare(batch, outcomes, catalog.Now);
        metrics.Committed(batch.Count, outcomes, catalog.Events.Count, time.GetElapsedTime(started));
    }

    /// <summary>Why a message is not to be applied; null: it is.</summary>
    private string? Unfit(QueuedMessage message)
    {
        if (message.Command is not { Command: var command }) return message.Unreadable!;
        var issuedAt = OperationIds.TimeOf(command.OperationId);
        if (issuedAt < partitions.OldestKept) return "expired: older than the retention of operations, so it can't be told whether it was applied before";
        if (!operationIds.TryRead(command.OperationId, out _)) return "its operation id was issued by no API of this service";
        return issuedAt >= partitions.FirstUnmade ? "the time in its operation id lies days ahead" : null;
    }

    private Outcome? UnreadableOutcome(QueuedMessage message, string reason) =>
        message.OperationId is { } id && operationIds.TryRead(id, out var issuedAt) && issuedAt >= partitions.OldestKept
            ? new Outcome(id, null, null, null, null, null, 0, issuedAt, Problems.Unreadable(reason))
            : null;

    /// <summary>
    /// Refuses the one command that cannot be applied, if the database accepts its outcome's row and nothing else: that proves that the fault
    /// is in the command. The error queue has confirmed the command before the outcome is committed.
    /// </summary>
    private async Task<bool> TryRefuseAsync(QueuedMessage message, Exception fault, IErrorQueue errors, CancellationToken cancellation)
    {
        try
        {
            var pending = message.Command!;
            var (transaction, loaded) = await store.BeginAsync(CommandLoad.Of([pending]), cancellation);
            await using var _ = transaction;
            if (loaded.Done.Contains(pending.Command.OperationId)) return true;
            var (resource, id) = Targets.Of(pending.Command);
            var reason = fault is PostgresException postgresFault ? "SQLSTATE " + postgresFault.SqlState : fault.GetType().Name;
            var refused = new Outcome(pending.Command.OperationId, pending.Command.GetType().Name, resource, id, null, null,
                loaded.Snapshot.LastPosition, pending.Command.AcceptedAt, Problems.Inapplicable(reason)) { Caller = pending.Command.Actor };
            await transaction.WriteOutcomeAsync(refused, loaded.Snapshot.Now, cancellation);
            await DeadLetterAsync(message, $"{reason}: {fault.Message}", errors, cancellation);
            await transaction.CommitAsync(cancellation);
            LogRefused(pending.Command.OperationId, fault);
            state.IsWell();
            return true;
        }
        catch (Exception second) when (!cancellation.IsCancellationRequested)
        {
            Report(second);
            return false;
        }
    }

    private async Task DeadLetterAsync(QueuedMessage message, string reason, IErrorQueue errors, CancellationToken cancellation)
    {
        if (message.IsDeadLettered) return;
        await errors.PutAsync(message, reason, cancellation);
        CrashPoint.At("after-dead-letter");
        message.IsDeadLettered = true;
        state.HasDeadLettered();
        metrics.DeadLettered();
        LogDeadLettered(message.Properties.MessageId, reason);
    }

    private void Report(Exception fault)
    {
        if (Faults.IsTransient(fault)) return;
        state.WaitsFor($"The writer holds its batch and tries again: {fault.GetType().Name} {(fault as PostgresException)?.SqlState}".TrimEnd());
        LogWaiting(fault);
    }

    [LoggerMessage(1, LogLevel.Warning, "A batch of {Count} commands failed because of its content; splitting it to find the command at fault")]
    private partial void LogHalving(int count, Exception fault);

    [LoggerMessage(2, LogLevel.Warning, "A batch cannot be committed at the moment; retrying")]
    private partial void LogWaiting(Exception fault);

    [LoggerMessage(3, LogLevel.Error, "Operation {OperationId} cannot be applied and was refused; its command is in the error queue")]
    private partial void LogRefused(Guid operationId, Exception fault);

    [LoggerMessage(4, LogLevel.Warning, "Message {MessageId} was moved to the error queue: {Reason}")]
    private partial void LogDeadLettered(string? messageId, string reason);
}
