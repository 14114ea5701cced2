using Library.Api.Infrastructure.Operations;
using Library.Hosting.Messaging;
using Microsoft.Extensions.Options;

namespace Library.Api.Tests.Infrastructure.Operations;

public class OperationWaitersTests
{
    private readonly OperationWaiters _waiters = new(Options.Create(new WaitOptions { MaxWaiters = 2 }), []);
    private readonly Guid _id = Guid.CreateVersion7();

    [Fact]
    public async Task All_who_wait_for_an_operation_are_told()
    {
        using var one = _waiters.TryJoin(_id)!;
        using var two = _waiters.TryJoin(_id)!;
        _waiters.Complete(new BatchCommitted { OperationIds = [Guid.CreateVersion7(), _id] });
        await Task.WhenAll(one.Ended, two.Ended).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Nobody_else_is_told()
    {
        using var waiter = _waiters.TryJoin(_id)!;
        _waiters.Complete(new BatchCommitted { OperationIds = [Guid.CreateVersion7()] });
        waiter.Ended.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Past_the_bound_nobody_joins_until_somebody_leaves()
    {
        var one = _waiters.TryJoin(_id)!;
        using var two = _waiters.TryJoin(_id);
        _waiters.TryJoin(Guid.CreateVersion7()).ShouldBeNull();
        one.Dispose();
        using var three = _waiters.TryJoin(_id);
        three.ShouldNotBeNull();
    }

    [Fact]
    public void Who_left_is_forgotten()
    {
        _waiters.TryJoin(_id)!.Dispose();
        _waiters.Count.ShouldBe(0);
        _waiters.Complete(new BatchCommitted { OperationIds = [_id] });
    }
}
