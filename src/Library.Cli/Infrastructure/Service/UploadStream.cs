namespace Library.Cli.Infrastructure.Service;

/// <summary>
/// The connection of an upload. A service that refuses in the middle answers and then closes its ear; the framework's client would
/// throw the answer away for the write that fails. So such a write is none: what counts is what can be read.
/// </summary>
internal sealed class UploadStream(Stream connection, UploadContent content) : PassingStream(connection)
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (content.IsUnheard) return;
        try
        {
            await base.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            content.IsUnheard = true;
        }
    }
}
