using System.Diagnostics.Metrics;
using Library.Api.Features.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Library.Api.Tests.Features.Events;

public class FeedStreamsTests
{
    private readonly FeedStreams _streams = new(
        Options.Create(new FeedOptions { MaxStreams = 2 }), new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    [Fact]
    public void One_too_many_gets_no_place_until_one_leaves()
    {
        var first = _streams.TryJoin();
        first.ShouldNotBeNull();
        _streams.TryJoin().ShouldNotBeNull();
        _streams.TryJoin().ShouldBeNull();
        first.Dispose();
        _streams.TryJoin().ShouldNotBeNull();
        _streams.Count.ShouldBe(2);
    }

    [Fact]
    public void The_first_wakes_the_reader_and_after_the_last_it_sleeps_again()
    {
        var any = _streams.WhenAny(CancellationToken.None);
        any.IsCompleted.ShouldBeFalse();
        var only = _streams.TryJoin()!;
        _streams.WhenAny(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
        only.Dispose();
        _streams.WhenAny(CancellationToken.None).IsCompleted.ShouldBeFalse();
    }
}
