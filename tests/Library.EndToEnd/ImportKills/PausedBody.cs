using System.Net;

namespace Library.EndToEnd.ImportKills;

/// <summary>A body that is sent up to a place, and on from there when something has been done.</summary>
internal sealed class PausedBody(ReadOnlyMemory<byte> bytes, int pauseAt, Func<Task> pause) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(bytes[..pauseAt]);
        await stream.FlushAsync();
        await pause();
        await stream.WriteAsync(bytes[pauseAt..]);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return true;
    }
}
