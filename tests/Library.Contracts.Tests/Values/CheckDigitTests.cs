using CsCheck;
using Library.Contracts.Values;

namespace Library.Contracts.Tests.Values;

/// <summary>Numbers with a check digit: of all that could stand at the end one is right, and any single wrong digit is noticed.</summary>
public sealed class CheckDigitTests
{
    private const string Digits = "0123456789";

    [Theory]
    [InlineData("isbn", "978", 9)]
    [InlineData("isbn", "9791", 8)]
    [InlineData("isbn", "", 9)]
    [InlineData("issn", "", 7)]
    [InlineData("isni", "", 15)]
    [InlineData("orcid", "", 15)]
    public void One_check_digit_is_right_and_a_single_wrong_digit_is_noticed(string scheme, string prefix, int free) =>
        Gen.Select(Gen.Char[Digits].Array[free], Gen.Int[0, 15], Gen.Char[Digits]).Sample((digits, place, other) =>
        {
            var body = prefix + new string(digits);
            var number = (Digits + "X").Select(check => body + check).Where(candidate => IsValid(scheme, candidate)).ShouldHaveSingleItem();
            var wrong = number.ToCharArray();
            wrong[place % wrong.Length] = other;
            IsValid(scheme, new string(wrong)).ShouldBe(new string(wrong) == number);
        });

    [Fact]
    public void Ten_digits_and_thirteen_are_one_ISBN_however_written() =>
        Gen.Select(Gen.Char[Digits].Array[9], Gen.Char["- \u2010\u00A0"].Array[9]).Sample((digits, separators) =>
        {
            var body = new string(digits);
            var ten = (Digits + "X").Select(check => body + check).Single(candidate => IsValid("isbn", candidate));
            var thirteen = Digits.Select(check => "978" + body + check).Single(candidate => IsValid("isbn", candidate));
            var written = string.Concat(ten.Take(9).Zip(separators, (digit, separator) => $"{digit}{separator}")) + ten[9];
            Identifiers.TryNormalize("isbn", written, out var normalized, out _).ShouldBeTrue();
            normalized.ShouldBe(thirteen);
        });

    [Fact]
    public void Any_text_under_any_known_scheme_is_taken_or_refused_and_its_form_stays() =>
        Gen.Select(Gen.OneOf([.. Identifiers.KnownSchemes.Order()]), Gen.Char["0123456789X-/.OLnocmQ:% \u2010\uFF11\uD800"].Array[0, 24]).Sample(
            (scheme, letters) =>
            {
                if (!Identifiers.TryNormalize(scheme, new string(letters), out var form, out var error)) error.ShouldNotBeNullOrEmpty();
                else (Identifiers.TryNormalize(scheme, form, out var again, out _) ? again : null).ShouldBe(form);
            },
            iter: 20_000);

    private static bool IsValid(string scheme, string number) => Identifiers.TryNormalize(scheme, number, out _, out _);
}
