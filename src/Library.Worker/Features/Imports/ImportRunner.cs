using Library.Hosting.TestHooks;
using Library.Worker.Infrastructure.Resilience;
using Library.Worker.Infrastructure.Storage;
using Npgsql;

namespace Library.Worker.Features.Imports;

/// <summary>Runs one import, or its undo, chunk by chunk, for as long as its row says so; retries while the database is unavailable.</summary>
internal sealed partial class ImportRunner(ICatalogStore store, ImportApplication application, ImportUndo undo, TimeProvider time, ILogger<ImportRunner> log, int chunkSize = ImportChunk.Size)
{
    /// <summary>Weight of the last chunk in the reported rate.</summary>
    private const double Freshness = 0.1;

    /// <summary>Returns when there is nothing to do for this import: it is complete, paused or cancelled.</summary>
    public async Task RunAsync(Guid importId, CancellationToken cancellation)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), time);
        var run = new Run(chunkSize);
        while (true)
        {
            try
            {
                var more = await NextAsync(importId, run, cancellation);
                backoff.Reset();
                if (!more) return;
                continue;
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                LogWaiting(importId, fault);
            }

            await backoff.WaitAsync(cancellation);
        }
    }

    /// <summary>One chunk; false: there is nothing to do any more.</summary>
    private async Task<bool> NextAsync(Guid importId, Run run, CancellationToken cancellation)
    {
        var import = await store.ReadAsync(new FindImport(importId), cancellation);
        if (import is { IsToUndo: true }) return await undo.UndoAsync(importId, cancellation);
        if (import is not { IsToApply: true }) return false;
        var started = time.GetTimestamp();
        var chunk = await (run.TakeNext(import.Cursor) ?? store.ReadAsync(new NextChunk(importId, import.Cursor, run.Limit), cancellation));
        if (chunk.Records.Count == 0)
        {
            await application.CompleteAsync(importId, import.Cursor, cancellation);
            LogThrough(importId);
            return true;
        }

        // Read and parsed while this one is being applied.
        run.ReadAhead(chunk.End, store.ReadAsync(new NextChunk(importId, chunk.End, run.Limit), cancellation));
        try
        {
            await application.ApplyAsync(importId, import.Cursor, chunk, run.RecordsPerSecond, cancellation);
            CrashPoint.At("mid-import");
            run.Applied(chunk.Records.Count, time.GetElapsedTime(started));
        }
        catch (Exception fault) when (Faults.IsOfContent(fault))
        {
            // The chunk is halved until the record at fault is isolated; it is refused if the database accepts that.
            if (chunk.Records.Count == 1)
            {
                await application.RefuseAsync(importId, import.Cursor, chunk.Records[0], fault is PostgresException postgresFault ? "SQLSTATE " + postgresFault.SqlState : fault.GetType().Name, cancellation);
                LogRefused(importId, chunk.Records[0].Line, fault);
            }
            else run.Limit = chunk.Records.Count / 2;
        }

        return true;
    }

    private sealed class Run(int size)
    {
        private readonly int _size = size;
        private (ImportCursor After, Task<ImportChunk> Chunk)? _ahead;

        /// <summary>Records of the next chunk at most.</summary>
        public int Limit { get; set; } = size;

        public double RecordsPerSecond { get; private set; }

        public void ReadAhead(ImportCursor after, Task<ImportChunk> chunk) => _ahead = (after, chunk);

        /// <summary>Null: nothing was read ahead, or it is not the next chunk.</summary>
        public Task<ImportChunk>? TakeNext(ImportCursor after)
        {
            var next = _ahead is { } ahead && ahead.After == after ? ahead.Chunk : null;
            _ahead = null;
            return next;
        }

        public void Applied(int records, TimeSpan duration)
        {
            var rate = records / Math.Max(duration.TotalSeconds, 1e-6);
            RecordsPerSecond = RecordsPerSecond == 0 ? rate : (RecordsPerSecond * (1 - Freshness)) + (rate * Freshness);
            Limit = Math.Min(_size, Limit * 2);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Import {ImportId} is complete")]
    private partial void LogThrough(Guid importId);

    [LoggerMessage(2, LogLevel.Warning, "Import {ImportId} cannot continue at the moment; retrying")]
    private partial void LogWaiting(Guid importId, Exception fault);

    [LoggerMessage(3, LogLevel.Error, "Line {Line} of import {ImportId} cannot be applied and was refused")]
    private partial void LogRefused(Guid importId, long line, Exception fault);
}
