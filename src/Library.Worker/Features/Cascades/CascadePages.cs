using Library.Hosting.TestHooks;
using Library.Worker.Infrastructure.Resilience;
using Library.Worker.Infrastructure.Storage;

namespace Library.Worker.Features.Cascades;

/// <summary>Runs a cascade page by page, a transaction each; waits out faults of the surroundings.</summary>
internal sealed partial class CascadePages(SchemaReadiness schema, TimeProvider time, ILogger<CascadePages> log, int size = CascadePages.Size)
{
    /// <summary>Books of one transaction: commands wait for a page at most.</summary>
    public const int Size = 500;

    public int PageSize => size;

    /// <summary>Returns after the last page.</summary>
    /// <param name="page">Does a page and returns how many books it dealt with: fewer than a full page means that it was the last.</param>
    public async Task RunAsync(Guid authorId, Func<Task<int>> page, CancellationToken cancellation)
    {
        await schema.WaitAsync(cancellation);
        var backoff = new Backoff(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), time);
        var books = 0;
        while (true)
        {
            try
            {
                var count = await page();
                CrashPoint.At("mid-cascade");
                backoff.Reset();
                books += count;
                if (count == size) continue;
                if (books > 0) LogDone(authorId, books);
                return;
            }
            catch (Exception fault) when (!Faults.IsOfContent(fault) && !cancellation.IsCancellationRequested)
            {
                LogWaiting(authorId, fault);
            }

            await backoff.WaitAsync(cancellation);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Books} books followed author {AuthorId}")]
    private partial void LogDone(Guid authorId, int books);

    [LoggerMessage(2, LogLevel.Warning, "The cascade of author {AuthorId} can't go on now; it tries again")]
    private partial void LogWaiting(Guid authorId, Exception fault);
}
