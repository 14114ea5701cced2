using System.IO.Pipelines;
using Library.Api.Features.Imports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Library.Api.Tests.Features.Imports;

public class TransferPaceTests
{
    private readonly Pipe _client = new(new PipeOptions(pauseWriterThreshold: 1000, resumeWriterThreshold: 500, useSynchronizationContext: false));
    private readonly FakeTimeProvider _time = new();
    private readonly DefaultHttpContext _http = new();
    private readonly TransferPace _pace;
    private bool _aborted;

    public TransferPaceTests()
    {
        _http.Features.Set<IHttpResponseBodyFeature>(new Body(_client.Writer));
        _http.Features.Set<IHttpRequestLifetimeFeature>(new Lifetime(() => _aborted = true));
        _pace = new TransferPace(_http, _http.Response.BodyWriter, minRate: 100, _time, NullLogger.Instance);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_off()
    {
        var sending = SendAsync(2000);
        for (var second = 0; second < 29; second++) _time.Advance(TimeSpan.FromSeconds(1));
        sending.IsCompleted.ShouldBeFalse();
        await PassUntilAsync(sending);
        await Should.ThrowAsync<OperationCanceledException>(sending);
        _aborted.ShouldBeTrue();
    }

    [Theory]
    [InlineData(30, 0, true)]
    [InlineData(30, 2999, true)]
    [InlineData(30, 3000, false)]
    [InlineData(16, 10, true)]
    [InlineData(15, 0, false)]
    [InlineData(0, 0, false)]
    public void It_is_the_rate_that_counts_while_we_wait_for_the_client(int blockedSeconds, long bytes, bool tooSlow) =>
        TransferPace.IsTooSlow(TimeSpan.FromSeconds(blockedSeconds), bytes, minRate: 100).ShouldBe(tooSlow);

    private Task SendAsync(int bytes)
    {
        _client.Writer.GetMemory(bytes);
        _client.Writer.Advance(bytes);
        return _pace.FlushAsync(Cancellation);
    }

    /// <summary>Second by second, however late each is seen.</summary>
    private async Task PassUntilAsync(Task sending)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!sending.IsCompleted && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private sealed class Body(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public PipeWriter Writer { get; } = writer;

        public Stream Stream => Writer.AsStream();

        public void DisableBuffering()
        {
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task CompleteAsync() => Task.CompletedTask;
    }

    private sealed class Lifetime(Action abort) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; }

        public void Abort() => abort();
    }
}
