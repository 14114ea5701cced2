using FluentValidation;
using Library.Api.Features.Books;
using Library.Api.Infrastructure.Http;
using Library.Contracts;

namespace Library.Api.Tests.Features.Books;

public class BookValidationTests
{
    private static readonly Guid[] One = [Guid.CreateVersion7()];

    [Theory]
    [InlineData("a", 2_000, true)]
    [InlineData("😀", 2_000, true)]
    [InlineData("a", 2_001, false)]
    [InlineData(" ", 3, false)]
    [InlineData("", 0, false)]
    public void A_title_has_1_to_2_000_code_points(string part, int times, bool valid) =>
        Fields(new() { Title = string.Concat(Enumerable.Repeat(part, times)), AuthorIds = One }).ShouldBe(valid ? [] : ["title"]);

    [Theory]
    [InlineData("😀", 20_000, true)]
    [InlineData("a", 20_001, false)]
    public void A_description_has_at_most_20_000_code_points(string part, int times, bool valid) =>
        Fields(new() { Title = "T", Description = string.Concat(Enumerable.Repeat(part, times)), AuthorIds = One }).ShouldBe(valid ? [] : ["description"]);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_book_has_0_to_100_authors(int count, bool valid) =>
        Fields(new() { Title = "T", AuthorIds = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())] }).ShouldBe(valid ? [] : ["authorIds"]);

    [Fact]
    public void Authors_are_required_and_distinct()
    {
        Fields(new() { Title = "T" }).ShouldBe(["contributors"]);
        Fields(new() { Title = "T", AuthorIds = [One[0], One[0]] }).ShouldBe(["authorIds"]);
    }

    [Fact]
    public void Contributors_have_a_known_role_and_no_pair_twice()
    {
        Contributor[] contributors = [new() { AuthorId = One[0] }, new() { AuthorId = One[0], Role = "trl" }, new() { AuthorId = One[0], Role = "aut" }, new() { AuthorId = One[0], Role = "AUT" }];
        Fields(new() { Title = "T", Contributors = contributors[..2] }).ShouldBeEmpty();
        Fields(new() { Title = "T", Contributors = contributors }).ShouldBe(["contributors[2]", "contributors[3].role"]);
        Fields(new() { Title = "T", Contributors = [] }).ShouldBeEmpty();
    }

    [Fact]
    public void Both_forms_of_contributors_exclude_each_other()
    {
        var problem = BodyReader.ProblemOf(new BookBody.Validator().Validate(new BookBody { Title = "T", AuthorIds = One, Contributors = [] }));
        (problem.Status, problem.Errors!.Keys.ShouldHaveSingleItem()).ShouldBe((400, "authorIds"));
    }

    [Theory]
    [InlineData("1999/2003", true)]
    [InlineData("1999/..", true)]
    [InlineData("2003/1999", false)]
    [InlineData("1967-25", false)]
    public void A_publication_may_be_an_interval(string date, bool valid) => Fields(new() { Title = "T", AuthorIds = One, PublishDate = date }).ShouldBe(valid ? [] : ["publishDate"]);

    [Fact]
    public void Items_are_named_by_their_place() => Fields(new()
    {
        Title = "T",
        AuthorIds = [],
        Languages = ["de", "ger", "xx"],
        Subjects = ["Utopias", ""],
        AlternateTitles = [new string('x', 2_001)],
        Publisher = " ",
    }).ShouldBe(["alternateTitles[0]", "publisher", "languages[2]", "subjects[1]"]);

    private static string[] Fields(BookBody book) => Fields(new BookBody.Validator(), book);

    private static string[] Fields<T>(AbstractValidator<T> validator, T value) => [.. BodyReader.ProblemOf(validator.Validate(value)).Errors?.Keys ?? []];
}
