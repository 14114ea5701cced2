using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.RateLimiting;

namespace Library.Api.Infrastructure.Access;

/// <summary>
/// Limits the requests per minute of each caller on this instance, or of each address if callers are not identified. Every response says what
/// is left (draft-ietf-httpapi-ratelimit-headers-10).
/// </summary>
/// <param name="permits">Requests a minute, at least 1.</param>
internal sealed class CallerLimiter(int permits, Callers callers, TimeProvider time) : PartitionedRateLimiter<HttpContext>
{
    private const int Seconds = 60;

    /// <summary>Past it, those whose minute is over are forgotten.</summary>
    private const int Many = 20_000;

    private readonly string _policy = string.Create(CultureInfo.InvariantCulture, $"\"minute\";q={permits};w={Seconds}");
    private readonly ConcurrentDictionary<string, Minute> _minutes = new();

    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount)
    {
        var now = time.GetTimestamp() / time.TimestampFrequency;
        var minute = _minutes.GetOrAdd(callers.KeyOf(resource), static _ => new Minute());
        if (_minutes.Count > Many) Forget(now);
        var (left, reset) = minute.Take(now, permits);
        var headers = resource.Response.Headers;
        headers["RateLimit-Policy"] = _policy;
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"minute\";r={Math.Max(0, left)};t={reset}");
        return left >= 0 ? Granted : new Refused(reset);
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext context, int permitCount, CancellationToken cancellationToken) =>
        ValueTask.FromResult(AttemptAcquireCore(context, permitCount));

    private void Forget(long now)
    {
        foreach (var (key, minute) in _minutes)
            if (minute.IsOver(now)) _minutes.TryRemove(key, out _);
    }

    private static readonly RateLimitLease Granted = new Lease();

    private sealed class Minute
    {
        private readonly Lock _gate = new();
        private long _begin = long.MinValue / 2;
        private int _taken;

        /// <returns>What is left, below 0 when there was nothing; and the seconds until there is more.</returns>
        public (int Left, int Reset) Take(long now, int permits)
        {
            lock (_gate)
            {
                if (now - _begin >= Seconds) (_begin, _taken) = (now, 0);
                if (_taken <= permits) _taken++;
                return (permits - _taken, (int)(_begin + Seconds - now));
            }
        }

        public bool IsOver(long now)
        {
            lock (_gate) return now - _begin >= Seconds;
        }
    }

    private class Lease : RateLimitLease
    {
        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }

    private sealed class Refused(int seconds) : Lease
    {
        public override bool IsAcquired => false;

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = TimeSpan.FromSeconds(seconds);
            return metadataName == MetadataName.RetryAfter.Name;
        }
    }
}
