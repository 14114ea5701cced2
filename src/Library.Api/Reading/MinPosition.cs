using System.Globalization;
using Library.Api.Http;
using Library.Hosting;

namespace Library.Api.Reading;

/// <summary>The header <c>Library-Min-Position</c>: a read that shows no state older than that position.</summary>
internal sealed class MinPosition(CatalogReader catalog, TimeProvider time)
{
    public const string Header = "Library-Min-Position";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4.5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Null: not asked for.</summary>
    public static long? Read(HttpRequest request)
    {
        var header = request.Headers[Header];
        if (header.Count == 0) return null;
        if (header is [{ } text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return position;
        throw new RefusalException(Problems.Malformed($"The header {Header} cannot be read.", new Dictionary<string, string[]>
        {
            [Header] = ["It must be a position: a whole number, as in Library-Position."],
        }));
    }

    /// <summary>Reads once the database has come that far; refuses if it has not within <see cref="Patience"/>.</summary>
    public async Task<T> ReadAtAsync<T>(long position, Func<CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        // Several reads, each with a limit of its own: together, too, they stay within the time that a client waits.
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        if (!await ReachedAsync(position, either.Token)) throw new RefusalException(Problems.PositionNotReached(position));
        return await read(either.Token);
    }

    private async Task<bool> ReachedAsync(long position, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var pause = FirstPause;
        while (await catalog.LastPositionAsync(cancellation) < position)
        {
            if (time.GetElapsedTime(start) + pause > Patience) return false;
            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        return true;
    }
}
