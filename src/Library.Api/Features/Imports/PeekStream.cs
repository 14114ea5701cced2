using Library.Api.Infrastructure.Http;

namespace Library.Api.Features.Imports;

/// <summary>A stream of which the beginning was looked at, and is still read like the rest.</summary>
internal sealed class PeekStream : ReadOnlyStream
{
    private const int PeekedBytes = 256;

    private readonly Stream _inner;
    private readonly ReadOnlyMemory<byte> _beginning;
    private int _read;

    private PeekStream(Stream inner, ReadOnlyMemory<byte> beginning) => (_inner, _beginning) = (inner, beginning);

    /// <summary>The first 256 bytes, or all where there are fewer.</summary>
    public ReadOnlySpan<byte> Beginning => _beginning.Span;

    public static async Task<PeekStream> OpenAsync(Stream inner, CancellationToken cancellation)
    {
        var beginning = new byte[PeekedBytes];
        return new PeekStream(inner, beginning.AsMemory(0, await inner.ReadAtLeastAsync(beginning, PeekedBytes, throwOnEndOfStream: false, cancellation)));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_read == _beginning.Length) return _inner.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(buffer.Length, _beginning.Length - _read);
        _beginning.Slice(_read, count).CopyTo(buffer);
        _read += count;
        return ValueTask.FromResult(count);
    }

    public override async ValueTask DisposeAsync()
    {
        await _inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
