using Library.Api.Infrastructure.Access;

namespace Library.Api.Tests.Infrastructure.Access;

public class SharesTests
{
    private readonly Shares _shares = new(max: 3, maxOfOne: 2);

    [Fact]
    public void One_cannot_take_all()
    {
        _shares.TryTake("ann", out _).ShouldNotBeNull();
        _shares.TryTake("ann", out _).ShouldNotBeNull();
        _shares.TryTake("ann", out var isOwn).ShouldBeNull();
        isOwn.ShouldBeTrue();
        _shares.TryTake("bob", out _).ShouldNotBeNull();
        _shares.TryTake("eve", out isOwn).ShouldBeNull();
        isOwn.ShouldBeFalse();
    }

    [Fact]
    public void What_ends_is_free_again_and_once_only()
    {
        var first = _shares.TryTake("ann", out _)!;
        _shares.TryTake("ann", out _).ShouldNotBeNull();
        first.Dispose();
        first.Dispose();
        _shares.Count.ShouldBe(1);
        _shares.TryTake("ann", out _).ShouldNotBeNull();
        _shares.TryTake("ann", out _).ShouldBeNull();
    }

    [Fact]
    public void A_refusal_takes_nothing()
    {
        for (var i = 0; i < 10; i++) _ = _shares.TryTake("ann", out _);
        _shares.Count.ShouldBe(2);
        _shares.TryTake("bob", out _).ShouldNotBeNull();
    }

    [Fact]
    public void Nobody_in_particular_may_have_all()
    {
        for (var i = 0; i < 3; i++) _shares.TryTake(null, out _).ShouldNotBeNull();
        _shares.TryTake(null, out var isOwn).ShouldBeNull();
        isOwn.ShouldBeFalse();
    }
}
