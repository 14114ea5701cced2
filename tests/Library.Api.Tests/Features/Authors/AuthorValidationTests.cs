using FluentValidation;
using Library.Api.Features.Authors;
using Library.Api.Infrastructure.Http;
using Microsoft.Extensions.Time.Testing;

namespace Library.Api.Tests.Features.Authors;

public class AuthorValidationTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 6, 1, 23, 59, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("A")]
    [InlineData(" A ")]
    [InlineData("😀")]
    [InlineData("e\u0301")]
    public void A_name_is_any_text(string name) => Fields(new() { Name = name }).ShouldBeEmpty();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\n\u00A0\u3000")]
    [InlineData("a\0b")]
    public void A_name_is_required_not_blank_and_without_NUL(string? name) => Fields(new() { Name = name! }).ShouldBe(["name"]);

    [Theory]
    [InlineData("a", 200, true)]
    [InlineData("a", 201, false)]
    [InlineData("😀", 200, true)]
    [InlineData("😀", 201, false)]
    [InlineData("e\u0301", 100, true)]
    [InlineData("e\u0301", 101, false)]
    public void A_name_has_at_most_200_code_points(string part, int times, bool valid) =>
        Fields(new() { Name = string.Concat(Enumerable.Repeat(part, times)) }).ShouldBe(valid ? [] : ["name"]);

    [Theory]
    [InlineData("a", 10_000, true)]
    [InlineData("😀", 10_000, true)]
    [InlineData("a", 10_001, false)]
    [InlineData("\0", 1, false)]
    public void A_bio_has_at_most_10_000_code_points(string part, int times, bool valid) =>
        Fields(new() { Name = "A", Bio = string.Concat(Enumerable.Repeat(part, times)) }).ShouldBe(valid ? [] : ["bio"]);

    [Theory]
    [InlineData("2026-06-01", true)]
    [InlineData("0001-01-01", true)]
    [InlineData("2026-06-02", false)]
    [InlineData("9999-12-31", false)]
    public void A_birth_date_is_not_in_the_future(string date, bool valid) =>
        Fields(new() { Name = "A", BirthDate = DateOnly.Parse(date, null) }).ShouldBe(valid ? [] : ["birthDate"]);

    [Fact]
    public void The_nil_UUID_is_no_id() => Fields(new() { Name = "A", Id = Guid.Empty }).ShouldBe(["id"]);

    private static string[] Fields(AuthorBody author) => Fields(new AuthorBody.Validator(Time), author);

    private static string[] Fields<T>(AbstractValidator<T> validator, T value) => [.. BodyReader.ErrorsOf(validator.Validate(value)).Keys];
}
