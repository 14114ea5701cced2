using Library.Api.Infrastructure.Http;

namespace Library.Api.Features.Imports;

/// <summary>The body of an upload as it arrives, which may not fall silent: whatever came before, a client that sends nothing for a while is cut off, since it holds a place.</summary>
/// <param name="patience">How long it may be silent.</param>
/// <param name="isWanted">Asked once a second of silence: false ends it at once.</param>
internal sealed class UploadBody(Stream body, TimeSpan patience, TimeProvider time, Func<Task<bool>> isWanted) : Stream
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Bytes that have arrived, as they were sent.</summary>
    public long Arrived { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="RefusalException">It was silent for too long.</exception>
    /// <exception cref="UploadUnwantedException">It is not wanted any more.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = body.ReadAsync(buffer, end.Token).AsTask();
        var count = reading.IsCompleted ? await reading : await WaitAsync(reading, end, cancellationToken);
        Arrived += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private async Task<int> WaitAsync(Task<int> reading, CancellationTokenSource end, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await reading.WaitAsync(Look, time, cancellation);
            }
            catch (TimeoutException)
            {
                Exception? fault = time.GetElapsedTime(began) >= patience ? new RefusalException(StatusProblems.Of(StatusCodes.Status408RequestTimeout))
                    : !await isWanted() ? new UploadUnwantedException() : null;
                if (fault is null) continue;
                // The buffer may be returned to the caller only when nothing writes into it any more.
                await end.CancelAsync();
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw fault;
            }
        }
    }
}

/// <summary>The import was cancelled while its upload was silent.</summary>
internal sealed class UploadUnwantedException : Exception;
