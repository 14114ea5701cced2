namespace Library.Cli.Infrastructure.Service;

/// <summary>
/// The connection of an upload. A service that refuses an upload midway responds and then stops reading; the framework's client would
/// discard the response because its write fails. So a failed write is ignored here, and only the response counts.
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
