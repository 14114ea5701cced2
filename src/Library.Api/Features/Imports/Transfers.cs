using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;
using Microsoft.Extensions.Options;

namespace Library.Api.Features.Imports;

/// <summary>
/// Places for what is under way for as long as its client takes: uploads, exports, lists of refused records. Each holds a connection to the
/// database, so without a bound slow clients would leave none for anybody else.
/// </summary>
internal sealed class Transfers(IOptions<ImportOptions> options)
{
    private readonly int _max = options.Value.MaxTransfers;
    private int _count;

    /// <summary>To be disposed of at its end.</summary>
    /// <exception cref="RefusalException">There are too many.</exception>
    public IDisposable Begin()
    {
        if (Interlocked.Increment(ref _count) <= _max) return new Place(this);
        Interlocked.Decrement(ref _count);
        throw new RefusalException(Problems.TooManyTransfers(_max));
    }

    private sealed class Place(Transfers transfers) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref transfers._count);
    }
}
