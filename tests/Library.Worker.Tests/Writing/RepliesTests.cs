using Library.Contracts.Commands;
using Library.Worker.Features.Commands;
using RabbitMQ.Client;

namespace Library.Worker.Tests.Writing;

/// <summary>What the API instances are told of a committed batch.</summary>
public class RepliesTests
{
    private static readonly Guid Ann = Given.Id(1);

    [Fact]
    public void Of_an_operation_that_somebody_waits_for_the_word_tells_how_it_ended_and_what_it_left()
    {
        var (create, other) = (Create("Ann"), Create("Eve"));
        var word = Tell((create, true), (other, false)).ShouldNotBeNull();
        word.OperationIds.ShouldBe([create.OperationId, other.OperationId]);
        var decided = word.Decided.ShouldNotBeNull().ShouldHaveSingleItem();
        (decided.Id, decided.Effect, decided.Version, decided.Position).ShouldBe((create.OperationId, "created", 1, 1010));
        decided.Author!.Name.ShouldBe("Ann");
        decided.CompletedAt.ShouldBe(Given.Now.UtcDateTime);
    }

    [Fact]
    public void A_refusal_is_told_with_its_problem_and_without_a_state()
    {
        var decided = Tell((Create("Ann"), false), (Create("Eve"), true))!.Decided.ShouldNotBeNull().ShouldHaveSingleItem();
        decided.Problem!.Status.ShouldBe(409);
        (decided.Effect, decided.Author).ShouldBe((null, null));
    }

    [Fact]
    public void When_nobody_waits_the_word_is_bare() => Tell((Create("Ann"), false))!.Decided.ShouldBeNull();

    [Fact]
    public void What_does_not_fit_is_left_to_be_read()
    {
        var batch = Enumerable.Range(1, 30).Select(i => (Create("Ann", Given.Id(i), new string('x', 10_000)), true)).ToArray();
        var word = Tell(batch)!;
        word.OperationIds.Count.ShouldBe(30);
        word.Decided!.Count.ShouldBe(9);
    }

    private static CreateAuthor Create(string name, Guid? id = null, string? bio = null) =>
        new() { OperationId = Guid.CreateVersion7(), AcceptedAt = Given.Now, Author = new() { Id = id ?? Ann, Name = name, Bio = bio } };

    private static Hosting.Messaging.BatchCommitted? Tell(params (CreateAuthor Command, bool IsAwaited)[] commands)
    {
        var outcomes = new Given().When([.. commands.Select(c => c.Command)]).Outcomes;
        QueuedMessage[] batch = [.. commands.Select((c, i) => new QueuedMessage
        {
            Tag = (ulong)i,
            Body = [],
            Properties = c.IsAwaited ? new BasicProperties { ReplyTo = "somewhere" } : new BasicProperties(),
            Command = new PendingCommand(c.Command, null),
        })];
        Replies.Prepare(batch, outcomes, Given.Now);
        return Replies.To(batch);
    }
}
