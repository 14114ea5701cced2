using Library.Worker.Features.Relay;

namespace Library.Worker.Tests.Relay;

public sealed class ConfirmedTagsTests
{
    private readonly ConfirmedTags _tags = new();

    [Fact]
    public void Nothing_is_confirmed_at_first() => _tags.Last.ShouldBe(0ul);

    [Fact]
    public void Confirms_in_order_move_the_end()
    {
        _tags.Confirm(1, multiple: false);
        _tags.Confirm(2, multiple: false);
        _tags.Last.ShouldBe(2ul);
    }

    [Fact]
    public void A_confirm_ahead_of_another_waits_for_it()
    {
        _tags.Confirm(2, multiple: false);
        _tags.Confirm(4, multiple: false);
        _tags.Last.ShouldBe(0ul);
        _tags.Confirm(1, multiple: false);
        _tags.Last.ShouldBe(2ul);
        _tags.Confirm(3, multiple: false);
        _tags.Last.ShouldBe(4ul);
    }

    [Fact]
    public void A_confirm_of_many_confirms_all_before_it_and_reaches_those_ahead()
    {
        _tags.Confirm(2, multiple: false);
        _tags.Confirm(5, multiple: false);
        _tags.Confirm(4, multiple: true);
        _tags.Last.ShouldBe(5ul);
    }

    [Fact]
    public void A_late_confirm_takes_nothing_back()
    {
        _tags.Confirm(3, multiple: true);
        _tags.Confirm(2, multiple: true);
        _tags.Confirm(1, multiple: false);
        _tags.Last.ShouldBe(3ul);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void In_whatever_order_they_come_the_end_is_before_the_first_that_is_missing(int seed)
    {
        var order = Enumerable.Range(1, 200).Select(tag => (ulong)tag).ToArray();
        new Random(seed).Shuffle(order);
        var come = new HashSet<ulong>();
        foreach (var tag in order)
        {
            _tags.Confirm(tag, multiple: false);
            come.Add(tag);
            var missing = 1ul;
            while (come.Contains(missing)) missing++;
            _tags.Last.ShouldBe(missing - 1);
        }
    }
}
