namespace Library.Cli.Infrastructure.Service;

/// <summary>A body that is still arriving: what breaks it off means that the service is away.</summary>
/// <param name="limit">How long the other side may say nothing. A peer that vanished would else be waited for without end.</param>
internal sealed class AnswerStream(Stream body, Uri url, TimeSpan limit, HttpResponseMessage? response = null) : PassingStream(body)
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        soon.CancelAfter(limit);
        try
        {
            var count = await base.ReadAsync(buffer, soon.Token);
            // The service's own word behind an export that it had to end early.
            if (count == 0 && buffer.Length > 0 && response?.TrailingHeaders.TryGetValues("Library-Export", out var words) == true && words.Single() is var word && word != "complete")
                throw new IOException($"the export is {word}");
            return count;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ServiceAwayException(url, fault);
        }
    }
}
