using System.IO.Pipelines;
using Library.Api.Features.Imports;
using Library.Api.Infrastructure.Http;
using Microsoft.Extensions.Time.Testing;

namespace Library.Api.Tests.Features.Imports;

public class UploadBodyTests
{
    private readonly Pipe _client = new();
    private readonly FakeTimeProvider _time = new();
    private bool _isWanted = true;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silence_is_cut_off_whatever_came_before()
    {
        var body = Body();
        await _client.Writer.WriteAsync(new byte[60_000], Cancellation);
        var buffer = new byte[100_000];
        (await body.ReadAsync(buffer, Cancellation)).ShouldBe(60_000);
        body.Arrived.ShouldBe(60_000);
        var silent = body.ReadAsync(buffer, Cancellation).AsTask();
        for (var second = 0; second < 19; second++) _time.Advance(TimeSpan.FromSeconds(1));
        silent.IsCompleted.ShouldBeFalse();
        await PassUntilAsync(silent);
        (await Should.ThrowAsync<RefusalException>(silent)).Problem.Status.ShouldBe(408);
    }

    [Fact]
    public async Task A_byte_now_and_then_is_no_silence()
    {
        var body = Body();
        for (var i = 0; i < 5; i++)
        {
            var reading = body.ReadAsync(new byte[10], Cancellation).AsTask();
            for (var second = 0; second < 15; second++) _time.Advance(TimeSpan.FromSeconds(1));
            await _client.Writer.WriteAsync(new byte[1], Cancellation);
            (await reading).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_cancelled_upload_ends_within_a_second_of_silence()
    {
        var reading = Body().ReadAsync(new byte[10], Cancellation).AsTask();
        _isWanted = false;
        await PassUntilAsync(reading);
        await Should.ThrowAsync<UploadUnwantedException>(reading);
    }

    [Fact]
    public async Task The_end_of_the_body_is_its_end()
    {
        var reading = Body().ReadAsync(new byte[10], Cancellation).AsTask();
        await _client.Writer.CompleteAsync();
        (await reading).ShouldBe(0);
    }

    private UploadBody Body() => new(_client.Reader.AsStream(), TimeSpan.FromSeconds(20), _time, () => Task.FromResult(_isWanted));

    /// <summary>Second by second, however late each is seen.</summary>
    private async Task PassUntilAsync(Task reading)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!reading.IsCompleted && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        reading.IsCompleted.ShouldBeTrue("it has ended");
    }
}
