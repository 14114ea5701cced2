using Library.Contracts.Values;

namespace Library.Contracts.Tests.Values;

public sealed class IdentifiersTests
{
    [Theory]
    [InlineData("isbn", "0306406152", "9780306406157")]
    [InlineData("isbn", "0-306-40615-2", "9780306406157")]
    [InlineData("isbn", "978-0-306-40615-7", "9780306406157")]
    [InlineData("isbn", " 978 0 306 40615 7 ", "9780306406157")]
    [InlineData("isbn", "978\u20100\u2011306\u201340615\u22127", "9780306406157")]
    [InlineData("isbn", "９７８０３０６４０６１５７", "9780306406157")]
    [InlineData("isbn", "080442957X", "9780804429573")]
    [InlineData("isbn", "080442957x", "9780804429573")]
    [InlineData("isbn", "０８０４４２９５７Ｘ", "9780804429573")]
    [InlineData("isbn", "979-8-88645-174-0", "9798886451740")]
    [InlineData("isbn", "979-10-90636-07-1", "9791090636071")]
    [InlineData("issn", "0378-5955", "0378-5955")]
    [InlineData("issn", "03785955", "0378-5955")]
    [InlineData("issn", "2434-561x", "2434-561X")]
    [InlineData("isni", "0000 0001 2146 438X", "000000012146438X")]
    [InlineData("isni", "000000012146438x", "000000012146438X")]
    [InlineData("isni", "https://isni.org/isni/000000012146438X", "000000012146438X")]
    [InlineData("isni", "http://www.isni.org/000000012146438X/", "000000012146438X")]
    [InlineData("orcid", "0000-0002-1825-0097", "0000-0002-1825-0097")]
    [InlineData("orcid", "https://orcid.org/0000-0002-1694-233x", "0000-0002-1694-233X")]
    [InlineData("orcid", "HTTP://ORCID.ORG/0000-0001-5109-3700/", "0000-0001-5109-3700")]
    [InlineData("orcid", "0000000218250097", "0000-0002-1825-0097")]
    [InlineData("lccn", "n78-890351", "n78890351")]
    [InlineData("lccn", "n78-89035", "n78089035")]
    [InlineData("lccn", "n 78890351 ", "n78890351")]
    [InlineData("lccn", " 85000002 ", "85000002")]
    [InlineData("lccn", "85-2 ", "85000002")]
    [InlineData("lccn", "2001-000002", "2001000002")]
    [InlineData("lccn", "75-425165//r75", "75425165")]
    [InlineData("lccn", " 79139101 /AC/r932", "79139101")]
    [InlineData("lccn", "NB2001-000002", "nb2001000002")]
    [InlineData("lccn", "sh85-2", "sh85000002")]
    [InlineData("lccn", "https://lccn.loc.gov/n78890351", "n78890351")]
    [InlineData("lccn", "info:lccn/n78890351", "n78890351")]
    [InlineData("oclc", "39852222", "39852222")]
    [InlineData("oclc", "ocm00012345 ", "12345")]
    [InlineData("oclc", "ocn123456789", "123456789")]
    [InlineData("oclc", "on1234567890", "1234567890")]
    [InlineData("oclc", "(OCoLC)39852222", "39852222")]
    [InlineData("oclc", "(ocolc) ocm39852222", "39852222")]
    [InlineData("doi", "10.1000/182", "10.1000/182")]
    [InlineData("doi", "10.1000/ABC.Def", "10.1000/abc.def")]
    [InlineData("doi", "doi:10.1000/182", "10.1000/182")]
    [InlineData("doi", "DOI: 10.1000/182", "10.1000/182")]
    [InlineData("doi", "https://doi.org/10.1000/182", "10.1000/182")]
    [InlineData("doi", "http://dx.doi.org/10.1002/%28SICI%291097-4571%281999%2950:1%3C1::AID%3E3.0.CO;2-T", "10.1002/(sici)1097-4571(1999)50:1<1::aid>3.0.co;2-t")]
    [InlineData("doi", "10.1000.10/%41Ä/b", "10.1000.10/%41Ä/b")]
    [InlineData("viaf", "12306024", "12306024")]
    [InlineData("viaf", "http://viaf.org/viaf/12306024/", "12306024")]
    [InlineData("viaf", "1234567890123456789012", "1234567890123456789012")]
    [InlineData("wikidata", "q181659", "Q181659")]
    [InlineData("wikidata", "http://www.wikidata.org/entity/Q181659", "Q181659")]
    [InlineData("wikidata", "https://www.wikidata.org/wiki/Q181659", "Q181659")]
    [InlineData("openlibrary", "OL26320A", "OL26320A")]
    [InlineData("openlibrary", "/works/OL27448W", "OL27448W")]
    [InlineData("openlibrary", "https://openlibrary.org/books/OL7353617M/Fantastic_Mr._Fox", "OL7353617M")]
    [InlineData("openlibrary", "ol26320a", "OL26320A")]
    [InlineData("gnd", "118540238", "118540238")]
    [InlineData("x", " ISBN 12 ", " ISBN 12 ")]
    [InlineData("ark.v2-x", "ark:/12148/btv1b8449691v", "ark:/12148/btv1b8449691v")]
    public void A_value_is_stored_in_the_one_form_of_its_scheme(string scheme, string value, string expected)
    {
        Identifiers.TryNormalize(scheme, value, out var normalized, out var error).ShouldBeTrue(error);
        normalized.ShouldBe(expected);
        Identifiers.TryNormalize(scheme, expected, out var again, out _).ShouldBeTrue();
        again.ShouldBeSameAs(expected);
    }

    [Theory]
    [InlineData("isbn", "0306406153", "should be 2, not 3")]
    [InlineData("isbn", "9780306406158", "should be 7, not 8")]
    [InlineData("isbn", "9790060115615", "979-0")]
    [InlineData("isbn", "9770306406158", "978")]
    [InlineData("isbn", "030640615", "10 or 13")]
    [InlineData("isbn", "0306406152 (pbk.)", "10 or 13")]
    [InlineData("isbn", "ISBN 0306406152", "10 or 13")]
    [InlineData("isbn", "03064X6152", "10 or 13")]
    [InlineData("isbn", "978030640615X", "should be 7, not X")]
    [InlineData("isbn", "97803064061577", "10 or 13")]
    [InlineData("isbn", "", "10 or 13")]
    [InlineData("isbn", "٠٣٠٦٤٠٦١٥٢", "10 or 13")]
    [InlineData("issn", "0378-5956", "should be 5, not 6")]
    [InlineData("issn", "0378-595", "8 digits")]
    [InlineData("isni", "0000000121464381", "should be X, not 1")]
    [InlineData("isni", "000000012146438", "16 digits")]
    [InlineData("orcid", "0000-0002-1825-0098", "should be 7, not 8")]
    [InlineData("orcid", "https://example.org/0000-0002-1825-0097", "ORCID iD")]
    [InlineData("lccn", "n78-8903512", "Library of Congress")]
    [InlineData("lccn", "n78-89a35", "Library of Congress")]
    [InlineData("lccn", "78-8-9", "Library of Congress")]
    [InlineData("lccn", "78-", "Library of Congress")]
    [InlineData("lccn", "abcd85000002", "Library of Congress")]
    [InlineData("lccn", "185000002", "Library of Congress")]
    [InlineData("lccn", "1234567-1", "Library of Congress")]
    [InlineData("lccn", "12345678901234567", "Library of Congress")]
    [InlineData("lccn", "/r75", "Library of Congress")]
    [InlineData("oclc", "ocm", "OCLC")]
    [InlineData("oclc", "0", "OCLC")]
    [InlineData("oclc", "(DLC)39852222", "OCLC")]
    [InlineData("oclc", "1234567890123456789", "OCLC")]
    [InlineData("doi", "10.1000/", "DOI")]
    [InlineData("doi", "10.1000", "DOI")]
    [InlineData("doi", "11.1000/182", "DOI")]
    [InlineData("doi", "10./182", "DOI")]
    [InlineData("doi", "10.10a/182", "DOI")]
    [InlineData("doi", "10.1000./182", "DOI")]
    [InlineData("doi", "10.1000/1 82", "DOI")]
    [InlineData("doi", "https://doi.org/10.1000/%00", "DOI")]
    [InlineData("viaf", "012", "VIAF")]
    [InlineData("viaf", "https://viaf.org/viaf/", "VIAF")]
    [InlineData("wikidata", "P31", "Wikidata")]
    [InlineData("wikidata", "Q0", "Wikidata")]
    [InlineData("wikidata", "Q", "Wikidata")]
    [InlineData("openlibrary", "OL26320X", "Open Library")]
    [InlineData("openlibrary", "OLA", "Open Library")]
    [InlineData("openlibrary", "OL123456789012345678901234567890A", "Open Library")]
    [InlineData("gnd", "", "1 to 200")]
    [InlineData("gnd", "a\0b", "NUL")]
    [InlineData("isbn", "0306406152\0", "NUL")]
    [InlineData("ISBN", "0306406152", "small letter")]
    [InlineData("", "1", "small letter")]
    public void What_its_scheme_does_not_allow_is_refused_in_plain_words(string scheme, string value, string reason)
    {
        Identifiers.TryNormalize(scheme, value, out var normalized, out var error).ShouldBeFalse();
        error.ShouldContain(reason);
        normalized.ShouldBeNull();
    }

    [Fact]
    public void Any_other_scheme_takes_200_code_points()
    {
        var longest = string.Concat(Enumerable.Repeat("👀", 200));
        Identifiers.TryNormalize("gnd", longest, out _, out _).ShouldBeTrue();
        Identifiers.TryNormalize("gnd", longest + "a", out _, out _).ShouldBeFalse();
        Identifiers.TryNormalize("gnd", new string('a', 201), out _, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("isbn", true)]
    [InlineData("a", true)]
    [InlineData("a0.b-c", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz.34567", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz.345678", false)]
    [InlineData("0a", false)]
    [InlineData("-a", false)]
    [InlineData("a_b", false)]
    [InlineData("aB", false)]
    [InlineData("ä", false)]
    [InlineData("a\n", false)]
    [InlineData(null, false)]
    public void A_scheme_is_a_short_name_of_small_letters(string? scheme, bool valid) => Identifiers.IsScheme(scheme).ShouldBe(valid);

    [Fact]
    public void Scheme_and_value_are_read_from_one_text()
    {
        Identifiers.TryParse("isbn:0-306-40615-2", out var identifier, out _).ShouldBeTrue();
        identifier.ShouldBe(new Identifier { Scheme = "isbn", Value = "9780306406157" });
        Identifiers.TryParse("ark:ark:/12148/b", out identifier, out _).ShouldBeTrue();
        identifier.Value.ShouldBe("ark:/12148/b");
        Identifiers.TryParse("9780306406157", out _, out var error).ShouldBeFalse();
        error.ShouldContain("a colon");
        Identifiers.TryParse("isbn:1", out identifier, out error).ShouldBeFalse();
        (identifier, error.Contains("10 or 13", StringComparison.Ordinal)).ShouldBe((null, true));
    }

    [Fact]
    public void Ten_schemes_are_known() =>
        Identifiers.KnownSchemes.ShouldBe(["isbn", "issn", "isni", "orcid", "lccn", "oclc", "doi", "viaf", "wikidata", "openlibrary"], ignoreOrder: true);
}
