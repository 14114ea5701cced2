namespace Library.Cli.Infrastructure.Service;

/// <summary>A body that is still arriving: what breaks it off means that the service is away.</summary>
/// <param name="limit">How long the other side may say nothing. A peer that vanished would else be waited for without end.</param>
internal sealed class AnswerStream(Stream body, Uri url, TimeSpan limit) : PassingStream(body)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(limit);
        try
        {
            return await base.ReadAsync(buffer, soon.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ServiceAwayException(url, fault);
        }
    }
}
