using Library.Contracts.Events;
using static Library.Worker.Tests.Commands;

namespace Library.Worker.Tests.Authors;

public sealed class AuthorDecisionTests
{
    private static readonly Guid Ann = Given.Id(1);

    [Fact]
    public void A_new_author_is_created_at_version_1()
    {
        var decided = new Given().When(CreateAuthor(Ann, "Ann", bio: "Writes."));

        decided.Event.ShouldBeOfType<AuthorCreated>().Author.ShouldBe(new() { Id = Ann, Name = "Ann", Bio = "Writes." });
        decided.Outcome.ShouldSatisfyAllConditions(
            outcome => outcome.Effect.ShouldBe("created"),
            outcome => outcome.Version.ShouldBe(1),
            outcome => outcome.Position.ShouldBe(1010),
            outcome => outcome.Kind.ShouldBe("CreateAuthor"),
            outcome => outcome.Resource.ShouldBe("author"));
    }

    [Fact]
    public void Creating_under_a_taken_id_is_refused() => new Given().Author(Ann).When(CreateAuthor(Ann)).ShouldBeRefused("id-taken", 409);

    [Fact]
    public void Creating_under_a_books_id_is_refused() => new Given().Book(Ann, authors: Given.Id(2)).When(CreateAuthor(Ann)).ShouldBeRefused("id-taken", 409);

    [Fact]
    public void Creating_under_a_deleted_books_id_is_refused() => new Given().DeletedBook(Ann).When(CreateAuthor(Ann)).ShouldBeRefused("id-taken", 409);

    [Fact]
    public void A_recreated_author_goes_on_counting()
    {
        var decided = new Given().DeletedAuthor(Ann, version: 7).When(CreateAuthor(Ann));

        decided.Event.ShouldBeOfType<AuthorCreated>();
        decided.Outcome.Version.ShouldBe(8);
    }

    [Fact]
    public void Replacing_an_unknown_author_creates_it() =>
        new Given().When(ReplaceAuthor(Ann)).Outcome.Effect.ShouldBe("created");

    [Fact]
    public void Replacing_names_the_fields_that_changed()
    {
        var decided = new Given().Author(Ann, "Ann", version: 3, bio: "Old").When(ReplaceAuthor(Ann, "Anne", bio: null));

        decided.Event.ShouldBeOfType<AuthorUpdated>().Changed.ShouldBe(["name", "bio"]);
        decided.Outcome.Version.ShouldBe(4);
        decided.Outcome.Effect.ShouldBe("changed");
    }

    [Fact]
    public void Replacing_with_the_same_fields_changes_nothing() =>
        new Given().Author(Ann, "Ann", version: 3).When(ReplaceAuthor(Ann, "Ann")).ShouldBeUnchanged(3);

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_write_on_another_version_is_refused(int expected) =>
        new Given().Author(Ann, version: 3).When(ReplaceAuthor(Ann, "Anne", ifVersion: expected)).ShouldBeRefused("version-mismatch", 412);

    [Fact]
    public void A_write_on_the_expected_version_is_applied() =>
        new Given().Author(Ann, version: 3).When(ReplaceAuthor(Ann, "Anne", ifVersion: 3)).Outcome.Version.ShouldBe(4);

    [Fact]
    public void One_of_several_expected_versions_is_enough()
    {
        new Given().Author(Ann, version: 3).When(ReplaceAuthor(Ann, "Anne") with { ExpectedVersions = [2, 3] }).Outcome.Version.ShouldBe(4);
        new Given().Author(Ann, version: 3).When(ReplaceAuthor(Ann, "Anne") with { ExpectedVersions = [2, 4] }).ShouldBeRefused("version-mismatch", 412);
    }

    [Fact]
    public void A_version_is_expected_of_nothing() => new Given().When(ReplaceAuthor(Ann, ifVersion: 1)).ShouldBeRefused("version-mismatch", 412);

    [Fact]
    public void The_version_of_a_deletion_is_not_one_to_write_on() =>
        new Given().DeletedAuthor(Ann, version: 2).When(ReplaceAuthor(Ann, ifVersion: 2)).ShouldBeRefused("version-mismatch", 412);

    [Fact]
    public void Create_only_is_refused_when_the_author_is_there() =>
        new Given().Author(Ann).When(ReplaceAuthor(Ann, createOnly: true)).ShouldBeRefused("exists", 412);

    [Fact]
    public void Create_only_creates_again_after_a_deletion() =>
        new Given().DeletedAuthor(Ann).When(ReplaceAuthor(Ann, createOnly: true)).Outcome.Effect.ShouldBe("created");

    [Fact]
    public void A_patch_changes_what_it_names_and_null_takes_away()
    {
        var decided = new Given().Author(Ann, "Ann", bio: "Old").When(PatchAuthor(Ann, """{ "bio": null, "birthDate": "1950-02-03" }"""));

        var updated = decided.Event.ShouldBeOfType<AuthorUpdated>();
        updated.Author.ShouldBe(new() { Id = Ann, Name = "Ann", BirthDate = "1950-02-03" });
        updated.Changed.ShouldBe(["bio", "birthDate"]);
    }

    [Fact]
    public void An_empty_patch_changes_nothing() => new Given().Author(Ann, version: 2).When(PatchAuthor(Ann, "{}")).ShouldBeUnchanged(2);

    [Fact]
    public void Patching_an_unknown_author_is_refused() => new Given().When(PatchAuthor(Ann, "{}")).ShouldBeRefused("not-found", 404);

    [Fact]
    public void Deleting_keeps_the_last_state_in_the_event()
    {
        var decided = new Given().Author(Ann, "Ann", version: 4).When(DeleteAuthor(Ann));

        decided.Event.ShouldBeOfType<AuthorDeleted>().Author.Name.ShouldBe("Ann");
        decided.Outcome.ShouldSatisfyAllConditions(outcome => outcome.Effect.ShouldBe("deleted"), outcome => outcome.Version.ShouldBe(5));
    }

    [Fact]
    public void Deleting_an_unknown_author_is_refused() => new Given().When(DeleteAuthor(Ann)).ShouldBeRefused("not-found", 404);

    [Fact]
    public void Deleting_twice_is_refused() => new Given().DeletedAuthor(Ann).When(DeleteAuthor(Ann)).ShouldBeRefused("not-found", 404);

    [Fact]
    public void Deleting_a_book_as_an_author_is_refused() =>
        new Given().Book(Ann, authors: Given.Id(2)).When(DeleteAuthor(Ann)).ShouldBeRefused("not-found", 404);

    [Fact]
    public void Restoring_brings_back_the_last_state()
    {
        var decided = new Given().DeletedAuthor(Ann, version: 6, name: "Ann B.").When(RestoreAuthor(Ann));

        decided.Event.ShouldBeOfType<AuthorRestored>().Author.Name.ShouldBe("Ann B.");
        decided.Outcome.ShouldSatisfyAllConditions(outcome => outcome.Effect.ShouldBe("restored"), outcome => outcome.Version.ShouldBe(7));
    }

    [Fact]
    public void Restoring_what_is_there_is_refused() => new Given().Author(Ann).When(RestoreAuthor(Ann)).ShouldBeRefused("not-deleted", 409);

    [Fact]
    public void Restoring_the_unknown_is_refused() => new Given().When(RestoreAuthor(Ann)).ShouldBeRefused("not-found", 404);
}
