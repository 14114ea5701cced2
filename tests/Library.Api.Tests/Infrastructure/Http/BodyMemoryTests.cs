using System.Net;
using System.Text;
using Library.Api.Infrastructure.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Library.Api.Tests.Infrastructure.Http;

public sealed class BodyMemoryTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Bodies_share_one_bound_and_give_back_what_they_took()
    {
        var memory = new BodyMemory(Options.Create(new LimitOptions { BodyBytesTogether = 100 }));
        using var one = memory.Open();
        using var other = memory.Open();
        one.TryCover(60).ShouldBeTrue();
        one.TryCover(60).ShouldBeTrue();
        other.TryCover(40).ShouldBeTrue();
        other.TryCover(41).ShouldBeFalse();
        memory.Taken.ShouldBe(100);
        one.Dispose();
        one.Dispose();
        other.TryCover(100).ShouldBeTrue();
        other.Dispose();
        memory.Taken.ShouldBe(0);
    }

    [Fact]
    public async Task Unfinished_bodies_that_take_all_have_others_told_to_come_again_and_leave_nothing_behind()
    {
        await using var host = api.WithWebHostBuilder(builder => builder.UseSetting("Library:Limits:BodyBytesTogether", (1024 * 1024).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        // Who follows redirects reads a body to its end before sending it.
        var client = host.CreateClient(new() { AllowAutoRedirect = false });
        var memory = host.Services.GetRequiredService<BodyMemory>();
        using var hanging = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var slow = client.PostAsync("/v1/authors", new Unfinished(1_000_000, hanging.Token), hanging.Token);
        var deadline = TimeProvider.System.GetTimestamp();
        while (memory.Taken < 1_000_000 && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(30)) await Task.Yield();
        memory.Taken.ShouldBeGreaterThanOrEqualTo(1_000_000);

        var large = new StringContent($$"""{"name":"A","bio":"{{new string('x', 90_000)}}"}""", Encoding.UTF8, "application/json");
        await (await client.PostAsync("/v1/authors", large, Cancellation)).ShouldBeProblemAsync(503, "bodies-take-all");
        var small = new StringContent("""{"name":"A"}""", Encoding.UTF8, "application/json");
        (await client.PostAsync("/v1/authors", small, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Accepted);

        await hanging.CancelAsync();
        await ((Task)slow).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        while (memory.Taken > 0 && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(30)) await Task.Yield();
        memory.Taken.ShouldBe(0);
    }

    /// <summary>So many bytes, and then nothing.</summary>
    private sealed class Unfinished : HttpContent
    {
        private readonly int _bytes;
        private readonly CancellationToken _end;

        public Unfinished(int bytes, CancellationToken end)
        {
            (_bytes, _end) = (bytes, end);
            Headers.ContentType = new("application/json");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[_bytes], _end);
            await stream.FlushAsync(_end);
            await Task.Delay(Timeout.Infinite, _end);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
