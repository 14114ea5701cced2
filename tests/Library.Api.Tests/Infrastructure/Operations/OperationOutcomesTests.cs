using Library.Api.Features.Authors;
using Library.Api.Features.Books;
using Library.Api.Infrastructure.Operations;
using Library.Contracts;
using Library.Hosting.Messaging;
using Library.Hosting.Operations;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Library.Api.Tests.Infrastructure.Operations;

public class OperationOutcomesTests
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private readonly FakeOutcomes _rows = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly Guid _id = Guid.CreateVersion7();

    [Fact]
    public async Task An_outcome_that_is_there_already_is_read_once_and_not_waited_for()
    {
        _rows.Rows[_id] = Created();
        (await Outcomes(out _).WaitAsync(_id, Wait, TestContext.Current.CancellationToken)).Outcome.ShouldNotBeNull();
        _rows.Reads.ShouldBe(1);
    }

    [Fact]
    public async Task The_writers_word_ends_the_wait()
    {
        var waiting = Outcomes(out var waiters).WaitAsync(_id, Wait, TestContext.Current.CancellationToken);
        _rows.Rows[_id] = Created();
        waiting.IsCompleted.ShouldBeFalse();
        waiters.Complete(new BatchCommitted { OperationIds = [_id] });
        (await waiting).Outcome.ShouldNotBeNull();
        _rows.Reads.ShouldBe(2);
        waiters.Count.ShouldBe(0);
    }

    [Fact]
    public async Task An_outcome_that_the_word_carries_is_not_read()
    {
        var outcomes = Outcomes(out var waiters);
        using var waiter = outcomes.TryJoin(_id)!;
        var waiting = outcomes.WaitAsync(waiter, Wait, TestContext.Current.CancellationToken);
        waiters.Complete(new BatchCommitted { OperationIds = [_id], Decided = [Decided()] });
        var outcome = (await waiting).ShouldNotBeNull();
        outcome.ToResponse().ShouldBe(new OperationResponse
        {
            Id = _id,
            Status = OperationStatus.Succeeded,
            Resource = "author",
            ResourceId = _id,
            Version = 3,
            Position = 7,
            AcceptedAt = DateTime.UnixEpoch,
            CompletedAt = DateTime.UnixEpoch.AddSeconds(1),
        });
        outcome.Representation!.Version.ShouldBe(3);
        System.Text.Encoding.UTF8.GetString(outcome.Representation.Json.Span).ShouldBe($$"""{"id":"{{_id}}","name":"Ünal","version":3}""");
        _rows.Reads.ShouldBe(0);
    }

    [Fact]
    public void A_word_is_understood_as_it_was_sent()
    {
        var sent = new BatchCommitted { OperationIds = [_id], Decided = [Decided()] };
        var heard = CommittedExchange.Read(CommittedExchange.Write(sent).Span).ShouldNotBeNull();
        heard.OperationIds.ShouldBe([_id]);
        heard.Decided.ShouldBe([Decided()]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"message\":{}}")]
    [InlineData("[1]")]
    public void What_is_no_word_is_passed_over(string body) => CommittedExchange.Read(System.Text.Encoding.UTF8.GetBytes(body)).ShouldBeNull();

    [Fact]
    public async Task When_the_word_is_lost_the_row_is_read_at_the_end()
    {
        var waiting = Outcomes(out _).WaitAsync(_id, Wait, TestContext.Current.CancellationToken);
        _rows.Rows[_id] = Created();
        _time.Advance(Wait);
        (await waiting).Outcome.ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_an_outcome_in_time_there_is_none()
    {
        var waiting = Outcomes(out _).WaitAsync(_id, Wait, TestContext.Current.CancellationToken);
        _time.Advance(Wait);
        (await waiting).ShouldBe((null, true));
    }

    [Fact]
    public async Task Past_the_bound_nobody_waits_and_nothing_is_read()
    {
        (await Outcomes(out _, max: 0).WaitAsync(_id, Wait, TestContext.Current.CancellationToken)).ShouldBe((null, false));
        _rows.Reads.ShouldBe(0);
    }

    [Fact]
    public async Task An_instance_that_stops_lets_its_waiters_go()
    {
        var waiting = Outcomes(out _).WaitAsync(_id, Wait, TestContext.Current.CancellationToken);
        _lifetime.StopApplication();
        (await waiting).ShouldBe((null, true));
    }

    private OperationOutcomes Outcomes(out OperationWaiters waiters, int max = 10)
    {
        waiters = new OperationWaiters(Options.Create(new WaitOptions { MaxWaiters = max }), [AuthorResource.Of, BookResource.Of]);
        return new OperationOutcomes(_rows, waiters, _time, _lifetime);
    }

    private DecidedOperation Decided() => new()
    {
        Id = _id,
        Resource = "author",
        ResourceId = _id,
        Effect = Effects.Changed,
        Version = 3,
        Position = 7,
        AcceptedAt = DateTime.UnixEpoch,
        CompletedAt = DateTime.UnixEpoch.AddSeconds(1),
        Author = new AuthorState { Id = _id, Name = "Ünal" },
    };

    private Outcome Created() => new() { Id = _id, Effect = Effects.Created };
}
