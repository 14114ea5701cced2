using Microsoft.Extensions.Options;

namespace Library.Api.Infrastructure.Http;

/// <summary>Limits the total bytes of request bodies in memory: many clients that send large bodies slowly must not exhaust it.</summary>
internal sealed class BodyMemory(IOptions<LimitOptions> limits)
{
    /// <summary>What is smaller and there at once is not counted: it is gone before it could pile up.</summary>
    public const int Small = 16 * 1024;

    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    public Share Open() => new(this);

    /// <summary>What one body takes.</summary>
    internal sealed class Share(BodyMemory memory) : IDisposable
    {
        private long _bytes;

        /// <returns>False: other bodies use the whole limit.</returns>
        public bool TryCover(long bytes)
        {
            if (bytes <= _bytes) return true;
            var more = bytes - _bytes;
            if (Interlocked.Add(ref memory._taken, more) > memory.Limit)
            {
                Interlocked.Add(ref memory._taken, -more);
                return false;
            }

            _bytes = bytes;
            return true;
        }

        public void Dispose() => Interlocked.Add(ref memory._taken, -Interlocked.Exchange(ref _bytes, 0));
    }

    private long Limit => limits.Value.BodyBytesTogether;
}
