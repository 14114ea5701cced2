using FluentValidation;
using Library.Api.Features.Authors;
using Library.Api.Infrastructure.Http;
using Library.Contracts.Values;
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
    [InlineData("a", 500, true)]
    [InlineData("a", 501, false)]
    [InlineData("😀", 500, true)]
    [InlineData("😀", 501, false)]
    [InlineData("e\u0301", 250, true)]
    [InlineData("e\u0301", 251, false)]
    public void A_name_has_at_most_500_code_points(string part, int times, bool valid) =>
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
        Fields(new() { Name = "A", BirthDate = date }).ShouldBe(valid ? [] : ["birthDate"]);

    [Theory]
    [InlineData("2026-07", null, false)]
    [InlineData("2026", null, true)]
    [InlineData("2027", "organization", true)]
    public void Only_a_person_s_date_that_lies_wholly_in_the_future_is_wrong(string date, string? kind, bool valid) =>
        Fields(new() { Name = "A", Kind = kind, BirthDate = date }).ShouldBe(valid ? [] : ["birthDate"]);

    [Theory]
    [InlineData("1967-02-30")]
    [InlineData("1900-02-29")]
    [InlineData("12345")]
    [InlineData("1999/2000")]
    [InlineData("")]
    public void What_is_no_date_is_wrong(string date) => Fields(new() { Name = "A", DeathDate = date }).ShouldBe(["deathDate"]);

    [Theory]
    [InlineData("1929", "1928", false)]
    [InlineData("1929", "1929", true)]
    [InlineData("192X", "1925-05-01", true)]
    [InlineData("-0043", "0014-08-19", true)]
    public void A_death_is_not_certainly_before_the_birth(string birth, string death, bool valid) =>
        Fields(new() { Name = "A", BirthDate = birth, DeathDate = death }).ShouldBe(valid ? [] : ["deathDate"]);

    [Theory]
    [InlineData("person", true)]
    [InlineData("family", true)]
    [InlineData("Person", false)]
    [InlineData("robot", false)]
    public void A_kind_is_one_of_four(string kind, bool valid) => Fields(new() { Name = "A", Kind = kind }).ShouldBe(valid ? [] : ["kind"]);

    [Fact]
    public void Items_are_named_by_their_place()
    {
        Fields(new() { Name = "A", AlternateNames = ["B", " ", new string('x', 501), "C\0"] }).ShouldBe(["alternateNames[1]", "alternateNames[2]", "alternateNames[3]"]);
        Fields(new() { Name = "A", AlternateNames = [.. Enumerable.Repeat("B", 101)] }).ShouldBe(["alternateNames"]);
        Fields(new() { Name = "A", Identifiers = [Of("isni", "0000 0001 2146 438X"), Of("Isni", "1"), Of("isni", "000000012146438x"), Of("local", "")] })
            .ShouldBe(["identifiers[1].scheme", "identifiers[2].value", "identifiers[3].value"]);

        static Identifier Of(string scheme, string value) => new() { Scheme = scheme, Value = value };
    }

    [Fact]
    public void The_nil_UUID_is_no_id() => Fields(new() { Name = "A", Id = Guid.Empty }).ShouldBe(["id"]);

    private static string[] Fields(AuthorBody author) => Fields(new AuthorBody.Validator(Time), author);

    private static string[] Fields<T>(AbstractValidator<T> validator, T value) => [.. BodyReader.ProblemOf(validator.Validate(value)).Errors?.Keys ?? []];
}
