using Library.Formats.Marc;

namespace Library.Formats.Tests.Marc;

public class MarcXmlReaderTests
{
    private const string Inner =
        """
        <leader>00000cam a2200000 a 4500</leader><controlfield tag="001">   85153773 </controlfield>
        <datafield ind2="0" tag="245" ind1="1"><subfield code="a">Salt &amp; <![CDATA[<pepper>]]></subfield><subfield code="b"/><subfield code="c">x</subfield></datafield>
        <datafield tag="500" ind1="#" ind2=" "/><datafield tag="650" ind1=" " ind2="0"><subfield code="a"> y </subfield></datafield>
        """;

    private static readonly string[] Lines = ["001    85153773 ", "245 10 $aSalt & <pepper>$cx", "650 #0 $a y "];

    [Theory]
    [InlineData("<record>{0}</record>")]
    [InlineData("<collection><record>{0}</record></collection>")]
    [InlineData("<collection xmlns='http://www.loc.gov/MARC21/slim'><record type='Bibliographic'>{0}</record></collection>")]
    [InlineData("<collection xmlns='info:lc/xmlns/marcxchange-v1'><record>{0}</record></collection>")]
    [InlineData("<?xml version='1.0'?><OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><ListRecords><record><header/><metadata><record xmlns='http://www.loc.gov/MARC21/slim'>{0}</record></metadata></record></ListRecords></OAI-PMH>")]
    [InlineData("<s:searchRetrieveResponse xmlns:s='http://www.loc.gov/zing/srw/'><s:records><s:record><s:recordData><record>{0}</record></s:recordData></s:record></s:records></s:searchRetrieveResponse>")]
    public async Task A_record_is_found_however_it_is_wrapped(string wrapper)
    {
        var record = (await Reading.Xml(wrapper.Replace("{0}", Inner, StringComparison.Ordinal))).ShouldHaveSingleItem().Read();
        record.Leader.ShouldBe("00000cam a2200000 a 4500");
        record.Lines().ShouldBe(Lines);
    }

    [Fact]
    public async Task A_prefix_is_no_matter()
    {
        var prefixed = Inner.Replace("</", "</marc:", StringComparison.Ordinal).Replace("<leader", "<marc:leader", StringComparison.Ordinal).Replace("<controlfield", "<marc:controlfield", StringComparison.Ordinal)
            .Replace("<datafield", "<marc:datafield", StringComparison.Ordinal).Replace("<subfield", "<marc:subfield", StringComparison.Ordinal);
        (await Reading.Xml($"<marc:record xmlns:marc='http://www.loc.gov/MARC21/slim'>{prefixed}</marc:record>")).ShouldHaveSingleItem().Read().Lines().ShouldBe(Lines);
    }

    [Theory]
    [InlineData("<record><datafield tag='245'><subfield code='a'>x</subfield></datafield></record>", "     nam a22     uu 4500")]
    [InlineData("<record><leader>cam a2200000 a 4500</leader></record>", "     cam a2200000 a 4500")]
    [InlineData("<record><leader>\n  00000cam a2200000 a 4500\n </leader></record>", "00000cam a2200000 a 4500")]
    public async Task A_leader_may_be_missing_or_have_lost_its_blanks(string xml, string leader) => (await Reading.Xml(xml)).ShouldHaveSingleItem().Read().Leader.ShouldBe(leader);

    [Theory]
    [InlineData("<!DOCTYPE record [<!ENTITY x 'y'>]><record><leader>&x;</leader></record>")]
    [InlineData("<!DOCTYPE record SYSTEM 'file:///etc/passwd'><record/>")]
    [InlineData("no XML")]
    [InlineData("")]
    [InlineData("<html><body>404</body></html>")]
    [InlineData("<?xml version='1.0' encoding='no-such'?><record/>")]
    public async Task What_is_no_MARCXML_is_said_to_be_none(string xml) => await Should.ThrowAsync<UnreadableFileException>(() => Reading.Xml(xml));

    [Fact]
    public async Task An_empty_collection_has_no_records() => (await Reading.Xml("<collection/>")).ShouldBeEmpty();

    [Fact]
    public async Task XML_that_breaks_ends_the_file_and_what_was_read_stands()
    {
        var items = await Reading.Xml($"<collection><record>{Inner}</record><record><datafield tag='245'><subfield code='a'>kept</subfield></datafield><datafield></record></collection>");
        items.Count.ShouldBe(2);
        items[0].Read().Lines().ShouldBe(Lines);
        var refusal = items[1].Refusal.ShouldNotBeNull();
        refusal.EndsFile.ShouldBeTrue();
        refusal.Number.ShouldBe(2);
        refusal.Reason.ShouldContain("ine ");
        refusal.Record.ShouldNotBeNull().ShouldContain("kept");
    }

    [Fact]
    public async Task A_record_beyond_the_limit_is_refused_and_the_next_is_read()
    {
        var items = await Reading.Xml($"<collection><record><datafield tag='500'><subfield code='a'>{new string('x', 300_000)}</subfield></datafield></record><record>{Inner}</record></collection>", new ReaderOptions { MostRecordBytes = 50_000 });
        items[0].Refusal!.Reason.ShouldContain("larger than 50000 bytes");
        items[1].Read().Lines().ShouldBe(Lines);
    }

    [Fact]
    public async Task A_tag_beyond_the_limit_ends_the_file()
    {
        var items = await Reading.Xml($"<collection><record>{Inner}</record><record x='{new string('x', 300_000)}'/></collection>", new ReaderOptions { MostRecordBytes = 50_000 });
        items[1].Refusal!.EndsFile.ShouldBeTrue();
        items[1].Refusal!.Reason.ShouldContain("larger than 50000 bytes");
    }

    [Fact]
    public async Task Depth_is_bounded()
    {
        var items = await Reading.Xml($"<collection><record>{Inner}</record>{string.Concat(Enumerable.Repeat("<a>", 100_000))}");
        items[1].Refusal!.Reason.ShouldContain("deeper than 64");
    }

    [Fact]
    public async Task Control_characters_are_left_out_and_line_breaks_kept() =>
        (await Reading.Xml("<record><datafield tag='520'><subfield code='a'>a&#x1;b\nc&#x1F;</subfield></datafield></record>")).ShouldHaveSingleItem().Read().Lines().ShouldBe(["520 ## $aab\nc"]);

    [Fact]
    public async Task What_is_written_is_read_the_same()
    {
        var record = new MarcRecordBuilder().Leader("00000nam a22000003c 4500").Control("001", "  <&>\"'  ").Data("245", '1', '0').Sub('a', " Tom & <Jerry>\r\n\t\"x\" ").Sub('é', "\U00020000").Build();
        (await Reading.Xml(MarcXml.ToText(record))).ShouldHaveSingleItem().Read().Lines().ShouldBe(record.Lines());
    }
}
