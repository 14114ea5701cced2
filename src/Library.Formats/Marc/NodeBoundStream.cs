using System.Xml;

namespace Library.Formats.Marc;

/// <summary>A stream that ends reading when a single node of XML (a tag with its attributes) takes more than is allowed: the XML reader gathers those whole.</summary>
internal sealed class NodeBoundStream(Stream inner, int mostBytes, CancellationToken cancellationToken) : Stream
{
    private int ofNode;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void NodeEnded() => ofNode = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default) => Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellation) => ReadAsync(buffer.AsMemory(offset, count), cancellation).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Count(int read)
    {
        ofNode += read;
        return ofNode <= mostBytes ? read : throw new XmlException($"A single tag or name is larger than {mostBytes} bytes.");
    }
}
