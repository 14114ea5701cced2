using static Library.Worker.Tests.Commands;

namespace Library.Worker.Tests.Writing;

public sealed class BatchFoldTests
{
    private static readonly Guid Ann = Given.Id(1);
    private static readonly Guid Tales = Given.Id(3);

    [Fact]
    public void A_book_may_name_an_author_that_the_same_batch_created_before()
    {
        var decided = new Given().When(CreateAuthor(Ann), CreateBook(Tales, Ann));

        decided.Outcomes.ShouldAllBe(outcome => outcome.Effect == "created");
        decided.Catalog.Events.Select(e => e.Position).ShouldBe([1010, 1020]);
    }

    [Fact]
    public void A_book_before_its_author_is_refused() =>
        new Given().When(CreateBook(Tales, Ann), CreateAuthor(Ann)).Outcomes.Select(outcome => outcome.Effect).ShouldBe([null, "created"]);

    [Fact]
    public void Positions_follow_the_order_of_commands_across_resources()
    {
        var decided = new Given().When(
            CreateAuthor(Ann), CreateBook(Tales, Ann), ReplaceAuthor(Ann, "Anne"), ReplaceBook(Tales, "Stories", authors: Ann), DeleteBook(Tales), DeleteAuthor(Ann));

        decided.Catalog.Events.Select(e => e.Type.Name)
            .ShouldBe(["AuthorCreated", "BookCreated", "AuthorUpdated", "BookUpdated", "BookDeleted", "AuthorDeleted"]);
        decided.Catalog.Events.Select(e => e.Position).ShouldBeInOrder();
        decided.Catalog.Events.Select(e => e.Version).ShouldBe([1, 1, 2, 2, 3, 3]);
    }

    [Fact]
    public void A_refusal_takes_the_position_of_the_event_before_it()
    {
        var decided = new Given().When(CreateAuthor(Ann), CreateAuthor(Ann));

        decided.Outcomes.Select(outcome => outcome.Position).ShouldBe([1010, 1010]);
    }

    [Fact]
    public void An_operation_that_is_done_is_skipped()
    {
        var command = CreateAuthor(Ann);
        var decided = new Given().Done(command.OperationId).When(command);

        decided.Outcomes.ShouldBeEmpty();
        decided.Catalog.Events.ShouldBeEmpty();
    }

    [Fact]
    public void An_operation_that_comes_twice_in_a_batch_has_one_effect()
    {
        var command = CreateAuthor(Ann);
        var decided = new Given().When(command, command);

        decided.Outcome.Effect.ShouldBe("created");
    }

    [Fact]
    public void An_author_deleted_earlier_in_the_batch_is_unknown() =>
        new Given().Author(Ann).When(DeleteAuthor(Ann), CreateBook(Tales, Ann)).Outcomes[1].Problem!.Type.ShouldEndWith("unknown-author");

    [Fact]
    public void Created_and_deleted_and_created_in_one_batch_counts_on() =>
        new Given().When(CreateAuthor(Ann), DeleteAuthor(Ann), CreateAuthor(Ann)).Outcomes.Select(outcome => outcome.Version).ShouldBe([1, 2, 3]);
}
