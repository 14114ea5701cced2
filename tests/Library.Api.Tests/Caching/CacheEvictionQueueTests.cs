using Library.Api.Caching;
using MassTransit;

namespace Library.Api.Tests.Caching;

public class CacheEvictionQueueTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    [Fact]
    public void Events_are_taken_one_after_another()
    {
        // More than one at a time, and every burst would look like gaps.
        var queue = api.Service<IEndpointDefinition<CacheEvictionConsumer>>();
        queue.ConcurrentMessageLimit.ShouldBe(1);
        queue.IsTemporary.ShouldBeTrue();
    }
}
