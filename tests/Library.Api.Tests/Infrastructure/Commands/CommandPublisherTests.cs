using Library.Api.Infrastructure.Commands;
using Library.Contracts.Commands;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Library.Api.Tests.Infrastructure.Commands;

public class CommandPublisherTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeCommandBus _bus = new();
    private readonly BrokerAvailability _availability = new(NullLogger<BrokerAvailability>.Instance);
    private readonly CommandPublisher _publisher;
    private readonly DeleteBook _command = new() { OperationId = Guid.CreateVersion7(), AcceptedAt = default, BookId = Guid.CreateVersion7() };

    public CommandPublisherTests()
    {
        _publisher = new(_bus, _availability, _time, NullLogger<CommandPublisher>.Instance);
        _availability.MarkAvailable();
    }

    [Fact]
    public async Task A_confirmed_command_is_accepted() => (await _publisher.PublishAsync(_command)).ShouldBe(PublishResult.Confirmed);

    [Fact]
    public async Task Before_the_first_connection_nothing_is_published()
    {
        _availability.MarkUnavailable("as at start");
        (await _publisher.PublishAsync(_command)).ShouldBe(PublishResult.NotAccepted);
        _bus.Published.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_given_up_after_four_seconds_and_then_refused_at_once()
    {
        _bus.OnPublish = async (_, cancellation) =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return true;
        };
        var publishing = _publisher.PublishAsync(_command);
        _time.Advance(CommandPublisher.Limit - TimeSpan.FromMilliseconds(1));
        publishing.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await publishing).ShouldBe(PublishResult.Unconfirmed);
        (await _publisher.PublishAsync(_command)).ShouldBe(PublishResult.NotAccepted);
        _bus.Published.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_publish_that_does_not_heed_its_token_is_given_up_all_the_same()
    {
        _bus.OnPublish = (_, _) => new TaskCompletionSource<bool>().Task;
        var publishing = _publisher.PublishAsync(_command);
        _time.Advance(CommandPublisher.HardLimit);
        (await publishing.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)).ShouldBe(PublishResult.Unconfirmed);
        _availability.IsAvailable.ShouldBeFalse();
    }

    [Fact]
    public async Task A_command_that_comes_back_is_published_again_once_its_queue_is_there()
    {
        _bus.OnPublish = (_, _) => Task.FromResult(_bus.Declared == 1);
        (await _publisher.PublishAsync(_command)).ShouldBe(PublishResult.Confirmed);
        _bus.Published.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_command_that_comes_back_twice_is_not_accepted()
    {
        _bus.OnPublish = (_, _) => Task.FromResult(false);
        (await _publisher.PublishAsync(_command)).ShouldBe(PublishResult.NotAccepted);
        _bus.Declared.ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_connection_leaves_the_command_in_doubt()
    {
        _bus.OnPublish = (_, _) => throw new IOException("reset");
        (await _publisher.PublishAsync(_command)).ShouldBe(PublishResult.Unconfirmed);
    }
}
