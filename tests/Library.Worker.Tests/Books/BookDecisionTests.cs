using Library.Contracts;
using Library.Contracts.Events;
using Library.Worker.Features.Books;
using static Library.Worker.Tests.Commands;

namespace Library.Worker.Tests.Books;

public sealed class BookDecisionTests
{
    private static readonly Guid Ann = Given.Id(1);
    private static readonly Guid Bob = Given.Id(2);
    private static readonly Guid Tales = Given.Id(3);

    [Fact]
    public void A_new_book_keeps_the_order_of_its_authors() =>
        new Given().Author(Ann).Author(Bob).When(CreateBook(Tales, Bob, Ann))
            .Event.ShouldBeOfType<BookCreated>().Book.AuthorIds.ShouldBe([Bob, Ann]);

    [Fact]
    public void An_unknown_author_is_named_by_its_place()
    {
        var decided = new Given().Author(Ann).When(CreateBook(Tales, Ann, Bob));

        decided.ShouldBeRefused("unknown-author", 422);
        decided.Outcome.Problem!.Errors!.Keys.ShouldBe(["authorIds[1]"]);
    }

    [Fact]
    public void A_deleted_author_is_an_unknown_one() => new Given().DeletedAuthor(Ann).When(CreateBook(Tales, Ann)).ShouldBeRefused("unknown-author", 422);

    [Fact]
    public void A_book_is_no_author() => new Given().Book(Bob, authors: Ann).When(CreateBook(Tales, Bob)).ShouldBeRefused("unknown-author", 422);

    [Fact]
    public void Creating_under_an_authors_id_is_refused() => new Given().Author(Ann).When(CreateBook(Ann, Ann)).ShouldBeRefused("id-taken", 409);

    [Fact]
    public void Creating_under_a_taken_id_is_refused() => new Given().Author(Ann).Book(Tales, authors: Ann).When(CreateBook(Tales, Ann)).ShouldBeRefused("id-taken", 409);

    [Fact]
    public void Another_order_of_authors_is_a_change() =>
        new Given().Author(Ann).Author(Bob).Book(Tales, authors: [Ann, Bob]).When(ReplaceBook(Tales, authors: [Bob, Ann]))
            .Event.ShouldBeOfType<BookUpdated>().Changed.ShouldBe(["contributors", "authorIds"]);

    [Fact]
    public void The_same_fields_are_no_change() =>
        new Given().Author(Ann).Book(Tales, version: 5, authors: Ann).When(ReplaceBook(Tales, authors: Ann)).ShouldBeUnchanged(5);

    [Fact]
    public void A_link_that_stays_keeps_the_position_that_set_it()
    {
        var decided = new Given().Author(Ann).Author(Bob).Book(Tales, authors: Ann).When(ReplaceBook(Tales, authors: [Bob, Ann]));

        decided.Catalog.Find(Tales).ShouldBeOfType<Library.Worker.Infrastructure.Model.BookEntry>().LinkedSince.ShouldBe([1010, 101]);
    }

    [Fact]
    public void A_patch_that_leaves_the_authors_alone_passes_while_one_of_them_is_being_taken_off() =>
        new Given().DeletedAuthor(Ann).Author(Bob).Book(Tales, authors: [Ann, Bob]).When(PatchBook(Tales, """{ "title": "New" }"""))
            .Event.ShouldBeOfType<BookUpdated>().Changed.ShouldBe(["title"]);

    [Fact]
    public void A_patch_can_name_authors() =>
        new Given().Author(Ann).Author(Bob).Book(Tales, authors: Ann).When(PatchBook(Tales, $$"""{ "contributors": [{ "authorId": "{{Bob}}" }] }"""))
            .Event.ShouldBeOfType<BookUpdated>().Book.AuthorIds.ShouldBe([Bob]);

    [Fact]
    public void A_patch_that_names_an_unknown_author_is_refused() =>
        new Given().Author(Ann).Book(Tales, authors: Ann).When(PatchBook(Tales, $$"""{ "contributors": [{ "authorId": "{{Bob}}" }] }""")).ShouldBeRefused("unknown-author", 422);

    [Fact]
    public void Deleting_an_unknown_book_is_refused() => new Given().When(DeleteBook(Tales)).ShouldBeRefused("not-found", 404);

    [Fact]
    public void A_restored_book_comes_back_without_the_authors_that_are_gone() =>
        new Given().Author(Bob).DeletedAuthor(Ann).DeletedBook(Tales, authors: [Ann, Bob]).When(RestoreBook(Tales))
            .Event.ShouldBeOfType<BookRestored>().Book.AuthorIds.ShouldBe([Bob]);

    [Fact]
    public void A_book_without_an_author_left_is_not_restored() =>
        new Given().DeletedAuthor(Ann).DeletedBook(Tales, authors: Ann).When(RestoreBook(Tales)).ShouldBeRefused("no-author-left", 409);

    [Fact]
    public void A_book_that_loses_one_of_its_authors_goes_on() =>
        AuthorRemoval.Decide(new() { Id = Tales, Title = "Tales", Contributors = Contributor.Authors([Ann, Bob]) }, Ann).ShouldBeOfType<BookUpdated>().Book.AuthorIds.ShouldBe([Bob]);

    [Fact]
    public void A_book_that_loses_its_last_author_goes_too() =>
        AuthorRemoval.Decide(new() { Id = Tales, Title = "Tales", Contributors = Contributor.Authors([Ann]) }, Ann).ShouldBeOfType<BookDeleted>().Book.AuthorIds.ShouldBe([Ann]);
}
