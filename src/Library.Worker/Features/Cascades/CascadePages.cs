using Library.Hosting.TestHooks;
using Library.Worker.Infrastructure.Resilience;
using Library.Worker.Infrastructure.Storage;

namespace Library.Worker.Features.Cascades;

/// <summary>Runs a cascade page by page, one transaction each; retries while the database or broker is unavailable.</summary>
internal sealed partial class CascadePages(SchemaReadiness schema, TimeProvider time, ILogger<CascadePages> log, int size = CascadePages.Size)
{
    /// <summary>Books of one transaction: commands wait for a page at most.</summary>
    public const int Size = 500;

    public int PageSize => size;

    /// <summary>Returns after the last page.</summary>
    /// <param name="page">Processes a page and returns its number of books; fewer than a full page means that it was the last.</param>
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

    [LoggerMessage(1, LogLevel.Information, "The cascade of author {AuthorId} is complete; it processed {Books} books")]
    private partial void LogDone(Guid authorId, int books);

    [LoggerMessage(2, LogLevel.Warning, "The cascade of author {AuthorId} cannot continue at the moment; retrying")]
    private partial void LogWaiting(Guid authorId, Exception fault);
}
