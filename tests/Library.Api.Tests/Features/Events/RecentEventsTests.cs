using Library.Api.Features.Events;

namespace Library.Api.Tests.Features.Events;

public class RecentEventsTests
{
    [Fact]
    public void Before_somebody_follows_nothing_is_known()
    {
        var recent = Feeds.Recent();
        recent.Head.ShouldBeNull();
        recent.After(0).ShouldBeNull();
    }

    [Fact]
    public void What_follows_a_position_comes_in_order_and_the_rest_when_asked_again()
    {
        var recent = Feeds.Recent();
        recent.Start(10);
        recent.Add([Feeds.Event(12), Feeds.Event(15), Feeds.Event(16)]);
        Positions(recent.After(10)).ShouldBe([12, 15, 16]);
        Positions(recent.After(12)).ShouldBe([15, 16]);
        Positions(recent.After(13)).ShouldBe([15, 16]);
        recent.After(10)!.Through.ShouldBe(16);
        recent.Head.ShouldBe(16);
    }

    [Fact]
    public void At_the_end_and_past_it_there_is_nothing_yet()
    {
        var recent = Feeds.Recent();
        recent.Start(10);
        recent.Add([Feeds.Event(11)]);
        foreach (var position in (long[])[11, 99])
        {
            var page = recent.After(position)!;
            page.Events.ShouldBeEmpty();
            page.Through.ShouldBe(position);
            page.More.ShouldBeFalse();
        }
    }

    [Fact]
    public void Before_its_start_and_what_it_dropped_it_sends_to_the_database()
    {
        var recent = Feeds.Recent(events: 16);
        recent.Start(10);
        recent.After(9).ShouldBeNull();
        recent.Add([.. Enumerable.Range(11, 20).Select(position => Feeds.Event(position))]);
        recent.After(13).ShouldBeNull();
        Positions(recent.After(14)).ShouldBe(Enumerable.Range(15, 16).Select(position => (long)position));
    }

    [Fact]
    public void Bytes_are_bounded_and_the_last_event_stays_however_large()
    {
        var recent = Feeds.Recent(bytes: 1_000);
        recent.Start(0);
        recent.Add([Feeds.Event(1, 400), Feeds.Event(2, 400), Feeds.Event(3, 400)]);
        recent.After(0).ShouldBeNull();
        Positions(recent.After(1)).ShouldBe([2, 3]);
        recent.Add([Feeds.Event(4, 5_000)]);
        recent.After(2).ShouldBeNull();
        Positions(recent.After(3)).ShouldBe([4]);
    }

    [Fact]
    public void A_chunk_is_bounded_and_says_that_there_is_more()
    {
        var recent = Feeds.Recent();
        recent.Start(0);
        recent.Add([.. Enumerable.Range(1, 5).Select(position => Feeds.Event(position, 30 * 1024))]);
        var first = recent.After(0)!;
        (first.Events.Count, first.Through, first.More).ShouldBe((3, 3, true));
        var second = recent.After(first.Through)!;
        (second.Events.Count, second.Through, second.More).ShouldBe((2, 5, false));
    }

    [Fact]
    public void A_start_and_an_addition_wake_those_who_wait()
    {
        var recent = Feeds.Recent();
        var changed = recent.Changed;
        recent.Start(0);
        changed.IsCompleted.ShouldBeTrue();
        changed = recent.Changed;
        changed.IsCompleted.ShouldBeFalse();
        recent.Add([Feeds.Event(1)]);
        changed.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void After_a_stop_nothing_is_known_and_nothing_of_before_returns()
    {
        var recent = Feeds.Recent();
        recent.Start(0);
        recent.Add([Feeds.Event(1)]);
        recent.Stop();
        recent.After(1).ShouldBeNull();
        recent.Start(5);
        recent.After(1).ShouldBeNull();
        recent.After(5)!.Events.ShouldBeEmpty();
    }

    private static IEnumerable<long> Positions(FeedPage? page) => page!.Events.Select(next => next.Position);
}
