using FluentValidation;
using Library.Api.Features.Books;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Tests.Features.Books;

public class BookValidationTests
{
    private static readonly Guid[] One = [Guid.CreateVersion7()];

    [Theory]
    [InlineData("a", 500, true)]
    [InlineData("😀", 500, true)]
    [InlineData("a", 501, false)]
    [InlineData(" ", 3, false)]
    [InlineData("", 0, false)]
    public void A_title_has_1_to_500_code_points(string part, int times, bool valid) =>
        Fields(new() { Title = string.Concat(Enumerable.Repeat(part, times)), AuthorIds = One }).ShouldBe(valid ? [] : ["title"]);

    [Theory]
    [InlineData("😀", 20_000, true)]
    [InlineData("a", 20_001, false)]
    public void A_description_has_at_most_20_000_code_points(string part, int times, bool valid) =>
        Fields(new() { Title = "T", Description = string.Concat(Enumerable.Repeat(part, times)), AuthorIds = One }).ShouldBe(valid ? [] : ["description"]);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void A_book_has_1_to_100_authors(int count, bool valid) =>
        Fields(new() { Title = "T", AuthorIds = [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())] }).ShouldBe(valid ? [] : ["authorIds"]);

    [Fact]
    public void Authors_are_required_and_distinct()
    {
        Fields(new() { Title = "T" }).ShouldBe(["authorIds"]);
        Fields(new() { Title = "T", AuthorIds = [One[0], One[0]] }).ShouldBe(["authorIds"]);
    }

    private static string[] Fields(BookBody book) => Fields(new BookBody.Validator(), book);

    private static string[] Fields<T>(AbstractValidator<T> validator, T value) => [.. BodyReader.ErrorsOf(validator.Validate(value)).Keys];
}
