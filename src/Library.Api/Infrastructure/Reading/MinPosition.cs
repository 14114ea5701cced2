using System.Globalization;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;

namespace Library.Api.Infrastructure.Reading;

/// <summary>The header <c>Library-Min-Position</c>: a read that shows no state older than that position.</summary>
internal sealed class MinPosition(CatalogReader primary, TimeProvider time)
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

    /// <summary>
    /// Repeats the read until the result is that new; refuses if it is not within <see cref="Patience"/>. Each read returns its own position, since the
    /// next one may go to another standby.
    /// </summary>
    public Task<T?> ReadUntilAsync<T>(long position, Func<CancellationToken, Task<ReadResult<T>>> read, CancellationToken cancellation)
        where T : class =>
        WithinLimitAsync(async limit => (await PollAsync(position, read, result => result.Position, limit)).Found, cancellation);

    /// <summary>Reads from the primary once it has reached that position; refuses if it has not within <see cref="Patience"/>.</summary>
    public Task<T> ReadAtAsync<T>(long position, Func<CancellationToken, Task<T>> read, CancellationToken cancellation) => WithinLimitAsync(
        async limit =>
        {
            await PollAsync(position, primary.LastPositionAsync, reached => reached, limit);
            return await read(limit);
        },
        cancellation);

    private async Task<T> PollAsync<T>(long position, Func<CancellationToken, Task<T>> read, Func<T, long> positionOf, CancellationToken cancellation)
    {
        var start = time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            var result = await read(cancellation);
            if (positionOf(result) >= position) return result;
            if (time.GetElapsedTime(start) + pause > Patience) throw new RefusalException(Problems.PositionNotReached(position));
            await Task.Delay(pause, time, cancellation);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>Several reads, each with a limit of its own: together, too, they stay within the time that a client waits.</summary>
    private async Task<T> WithinLimitAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        return await read(either.Token);
    }
}
