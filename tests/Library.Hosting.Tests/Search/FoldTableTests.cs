using System.ComponentModel;
using System.Diagnostics;
using Library.Hosting.Search;

namespace Library.Hosting.Tests.Search;

public sealed class FoldTableTests
{
    [Theory]
    [InlineData("ÀÉÎÕÜ Çñ", "aeiou cn")]
    [InlineData("Æsir ŒUVRE Øre Ðóttir Þing ßẞ", "aesir oeuvre ore dottir thing ssss")]
    [InlineData("İIıi", "iiii")]
    [InlineData("ΣΊΣΥΦΟΣ Σίσυφος", "σισυφοσ σισυφοσ")]
    [InlineData("ЙЎЇЁ и\u0306", "йўїе й")]
    [InlineData("ｶﾞ か\u3099 ㌖", "ガ が キロメートル")]
    [InlineData("\u1112\u1161\u11AB ㅎㅏ", "한 하")]
    [InlineData("١٢٣ １２３ १२३", "123 123 123")]
    [InlineData("‘a’ “b” «c» d‐e f−g", "'a' \"b\" \"c\" d-e f-g")]
    [InlineData("a\u00ADb\u200Bc\uFEFFd\u034Fe", "abcde")]
    [InlineData("𝔄𝐁 🎉", "ab 🎉")]
    [InlineData("क\u093Fताब", "क\u093Fताब")]
    [InlineData("a\tb\u00A0c\u2028d", "a b c d")]
    public void Text_is_folded(string text, string folded) => Folding.Fold(text).ShouldBe(folded);

    [Fact]
    public void Half_of_a_surrogate_pair_is_replaced() => Folding.Fold("\uD83Dx\uDE00").ShouldBe("\uFFFDx\uFFFD");

    [Fact]
    public void A_key_has_500_characters_at_most_and_cuts_none()
    {
        Folding.Key(new string('a', 501)).ShouldBe(new string('a', 500));
        Folding.Key(string.Concat(Enumerable.Repeat("🎉", 501))).ShouldBe(string.Concat(Enumerable.Repeat("🎉", 500)));
        Folding.Key("a" + string.Concat(Enumerable.Repeat("ﷺ", 500))).EnumerateRunes().Count().ShouldBe(500);
    }

    /// <summary>Where there is a Python with the same version of Unicode.</summary>
    [Fact]
    public async Task The_table_is_what_its_script_makes()
    {
        var folder = AppContext.BaseDirectory;
        var version = await RunAsync("-c", "import unicodedata; print(unicodedata.unidata_version)");
        Assert.SkipWhen(version is null, "There is no python3.");
        Assert.SkipUnless(version!.Trim() == FoldTable.UnicodeVersion, $"This python3 knows Unicode {version.Trim()}, the table is of {FoldTable.UnicodeVersion}.");
        var made = await RunAsync(Path.Combine(folder, "make-fold-table"), "--print");
        made.ShouldBe(await File.ReadAllTextAsync(Path.Combine(folder, "FoldTable.g.cs"), TestContext.Current.CancellationToken));
    }

    /// <returns>What it printed; null: there is no python3.</returns>
    private static async Task<string?> RunAsync(params string[] arguments)
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8, Environment = { ["PYTHONIOENCODING"] = "utf-8" } })!;
            var output = await python.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await python.WaitForExitAsync(TestContext.Current.CancellationToken);
            python.ExitCode.ShouldBe(0);
            return output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
