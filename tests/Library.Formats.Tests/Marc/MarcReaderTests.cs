using System.Text;
using Library.Formats.Marc;

namespace Library.Formats.Tests.Marc;

public class MarcReaderTests
{
    private static readonly (string Tag, string Text)[] Fields =
    [
        ("001", "  42 "), ("245", "10$aPéché /$cÉmile."), ("100", "1 $aZola, Émile,$d1840-1902."), ("500", "  $aΩ"), ("900", "zz$xlocal"),
    ];

    private static readonly string[] Lines = ["001   42 ", "245 10 $aPéché /$cÉmile.", "100 1# $aZola, Émile,$d1840-1902.", "500 ## $aΩ", "900 zz $xlocal"];

    [Fact]
    public async Task A_record_is_read() => (await Reading.Only(WrittenRecord.Utf8(Fields))).Lines().ShouldBe(Lines);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\0\0 \n")]
    [InlineData("-- \n")]
    public async Task What_lies_between_records_is_skipped(string between)
    {
        byte[] record = [.. WrittenRecord.Utf8(Fields).ToBytes(), .. Encoding.UTF8.GetBytes(between)];
        var items = await Reading.Marc([.. Encoding.UTF8.GetBytes("\uFEFF"), .. record, .. record, .. record]);
        // Behind the last record, too, unless it is more than blanks.
        items.Take(3).Select(item => string.Join('|', item.Read().Lines())).ShouldAllBe(lines => lines == string.Join('|', Lines));
        items.Count.ShouldBe(between.Contains('-', StringComparison.Ordinal) ? 4 : 3);
    }

    [Fact]
    public async Task Characters_may_be_counted_for_bytes() =>
        (await Reading.Only(WrittenRecord.Utf8(Fields) with { Count = bytes => Encoding.UTF8.GetString(bytes).Length })).Lines().ShouldBe(Lines);

    [Fact]
    public async Task Surrogates_may_be_counted_as_two_or_one()
    {
        (string, string)[] fields = [("245", "00$a𠀀 é"), ("500", "  $ax")];
        foreach (var count in new Func<byte[], int>[] { bytes => Encoding.UTF8.GetString(bytes).Length, bytes => Encoding.UTF8.GetString(bytes).EnumerateRunes().Count() })
            (await Reading.Only(WrittenRecord.Utf8(fields) with { Count = count })).Lines().ShouldBe(["245 00 $a𠀀 é", "500 ## $ax"]);
    }

    [Fact]
    public async Task A_terminator_within_a_field_is_no_end_of_it_where_the_directory_knows()
    {
        var record = WrittenRecord.Utf8(("245", "00$aBefore\x1E behind"), ("500", "  $ax"));
        (await Reading.Only(record)).Lines().ShouldBe(["245 00 $aBefore behind", "500 ## $ax"]);
    }

    [Fact]
    public async Task Wrong_lengths_leave_the_terminators()
    {
        foreach (var count in new Func<byte[], int>[] { bytes => bytes.Length - 1, _ => 0, bytes => bytes.Length + 3 })
            (await Reading.Only(WrittenRecord.Utf8(Fields) with { Count = count, LeaderLength = "00000" })).Lines().ShouldBe(Lines);
    }

    [Fact]
    public async Task Entries_may_stand_in_another_order() =>
        (await Reading.Only(WrittenRecord.Utf8(Fields) with { Entries = entries => [.. entries.AsEnumerable().Reverse()] })).Lines().ShouldBe(Lines.Reverse());

    [Fact]
    public async Task Entries_in_another_order_with_wrong_lengths_are_found_by_their_starts() =>
        (await Reading.Only(WrittenRecord.Utf8(Fields) with { Entries = entries => [.. entries.Select(entry => entry with { Length = 7 }).Reverse()] })).Lines().ShouldBe(Lines.Reverse());

    [Fact]
    public async Task A_directory_that_contradicts_itself_is_refused()
    {
        var record = WrittenRecord.Utf8(Fields) with { Entries = entries => [entries[1] with { Start = 99 }, entries[0], entries[4] with { Start = 3 }, entries[2] with { Start = 50 }, entries[3]] };
        var refusal = (await Reading.Marc(record.ToBytes())).ShouldHaveSingleItem().Refusal.ShouldNotBeNull();
        refusal.Reason.ShouldContain("does not fit its data");
        refusal.Record.ShouldNotBeNull().ShouldContain("Zola, Émile,");
    }

    [Fact]
    public async Task An_entry_too_few_is_refused_and_shown()
    {
        byte[] bytes = [.. (WrittenRecord.Utf8(Fields) with { Entries = entries => entries[1..] }).ToBytes(), .. WrittenRecord.Utf8(Fields).ToBytes()];
        var items = await Reading.Marc(bytes);
        items.Count.ShouldBe(2);
        var refusal = items[0].Refusal.ShouldNotBeNull();
        refusal.Number.ShouldBe(1);
        refusal.Position.ShouldBe(24);
        refusal.Reason.ShouldContain("5 field terminators for 4 entries");
        refusal.Record.ShouldNotBeNull().ShouldContain("Tags of the directory: 245 100 500 900");
        items[1].Read().Lines().ShouldBe(Lines);
    }

    [Theory]
    [InlineData(9_990)]
    [InlineData(9_999)]
    [InlineData(20_000)]
    [InlineData(120_000)]
    public async Task A_field_or_record_may_be_longer_than_the_directory_can_say(int length)
    {
        var text = new string('é', length / 2);
        var record = WrittenRecord.Utf8(("001", "1"), ("520", $"  $a{text}"), ("500", "  $abehind"), ("650", " 0$alast"));
        var lines = (await Reading.Only(record)).Lines();
        lines.ShouldBe(["001 1", $"520 ## $a{text}", "500 ## $abehind", "650 #0 $alast"]);
        // The length cut to what fits, as other writers do.
        var cut = record with { Entries = entries => [.. entries.Select(entry => (entry.Tag, Math.Min(9_999, entry.Length), Math.Min(99_999, entry.Start)))] };
        (await Reading.Only(cut)).Lines().ShouldBe(lines);
    }

    [Fact]
    public async Task A_missing_terminator_costs_that_record_alone()
    {
        var right = WrittenRecord.Utf8(Fields).ToBytes();
        foreach (var between in new[] { "", "\n" })
        {
            var items = await Reading.Marc([.. right, .. (WrittenRecord.Utf8(Fields) with { Terminator = between }).ToBytes(), .. right, .. right]);
            items.Select(item => item.Record is not null).ShouldBe([true, false, true, true]);
            items.Select(item => item.Number).ShouldBe([1, 2, 3, 4]);
            items[1].Refusal!.Record!.ShouldContain("Péché");
        }
    }

    [Fact]
    public async Task A_file_that_is_cut_off_costs_its_last_record_alone()
    {
        var right = WrittenRecord.Utf8(Fields).ToBytes();
        for (var length = 1; length < right.Length; length++)
        {
            var items = await Reading.Marc([.. right, .. right[..length]]);
            items.Select(item => item.Record is not null).ShouldBe([true, false]);
        }
    }

    [Fact]
    public async Task A_record_across_many_buffers_is_one_record()
    {
        byte[] bytes = [.. WrittenRecord.Utf8(("500", "  $a" + new string('x', 98_000))).ToBytes(), .. WrittenRecord.Utf8(Fields).ToBytes()];
        foreach (var pieces in new[] { 1, 7, 4096 })
        {
            var items = await Reading.Marc(bytes, pieces: pieces);
            items[0].Read().Fields[0].First('a')!.Length.ShouldBe(98_000);
            items[1].Read().Lines().ShouldBe(Lines);
        }
    }

    [Fact]
    public async Task A_record_beyond_the_limit_is_skipped()
    {
        byte[] bytes = [.. WrittenRecord.Utf8(Fields).ToBytes(), .. new byte[3_000_000], 0x1D, .. WrittenRecord.Utf8(Fields).ToBytes()];
        var items = await Reading.Marc(bytes, new ReaderOptions { MostRecordBytes = 100_000 });
        items.Select(item => item.Record is not null).ShouldBe([true, false, true]);
        items[1].Refusal!.Position.ShouldBe(WrittenRecord.Utf8(Fields).ToBytes().Length);
        items[1].Refusal!.Record.ShouldBeNull();
    }

    [Theory]
    [InlineData("{\"type\":\"book\"}\n{}")]
    [InlineData("<collection/>")]
    [InlineData("00714cam a2200205 a 4500 but nothing else")]
    public async Task What_is_no_MARC_at_all_is_said_to_be_none(string text) =>
        (await Should.ThrowAsync<UnreadableFileException>(() => Reading.Marc(Encoding.UTF8.GetBytes(text)))).Message.ShouldContain("no file of MARC 21");

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task An_empty_file_has_no_records(string text) => (await Reading.Marc(Encoding.UTF8.GetBytes(text))).ShouldBeEmpty();

    [Fact]
    public async Task What_has_no_content_is_left_out()
    {
        var record = await Reading.Only(WrittenRecord.Utf8(("001", ""), ("245", "10$a$$bx$c"), ("246", "1"), ("500", "  "), ("501", "  $a"), ("502", "$aNo indicators"), ("AVA", "1$aone"), ("650", "  $éaccent")));
        record.Lines().ShouldBe(["245 10 $bx", "502 ## $aNo indicators", "AVA 1# $aone", "650 ## $éaccent"]);
    }

    [Fact]
    public async Task Text_that_is_not_the_UTF_8_it_is_said_to_be_is_refused_with_its_byte()
    {
        var wrong = WrittenRecord.Marc8(Fields[..4].Select(field => field with { Text = field.Text.Replace('Ω', 'ÿ') }).ToArray()) with { Coding = 'a' };
        var bytes = wrong.ToBytes();
        var refusal = (await Reading.Marc([.. WrittenRecord.Utf8(Fields).ToBytes(), .. bytes]))[1].Refusal.ShouldNotBeNull();
        refusal.Field.ShouldBe("245");
        refusal.Position.ShouldBe(WrittenRecord.Utf8(Fields).ToBytes().Length + bytes.AsSpan().IndexOf((byte)0xE9));
        refusal.Reason.ShouldContain("E9");
        refusal.Record.ShouldNotBeNull().ShouldContain(@"P\xE9ch\xE9");
    }

    [Fact]
    public async Task A_record_that_is_UTF_8_though_its_leader_says_MARC_8_is_UTF_8() =>
        (await Reading.Only(WrittenRecord.Utf8(Fields) with { Coding = ' ' })).Lines().ShouldBe(Lines);

    [Fact]
    public async Task MARC_8_is_read_subfield_by_subfield()
    {
        var record = await Reading.Only(WrittenRecord.Marc8(("100", "1 $aZola, \xE2" + "Emile,"), ("245", "10$a\x1B(NABC$bplain"), ("500", "  $a\xFFx"), ("501", "  $a&#x1EC5;")));
        record.Lines().ShouldBe(["100 1# $aZola, Émile,", "245 10 $aабц$bplain", "500 ## $ax", "501 ## $aễ"]);
        record.DroppedCharacters.ShouldBe(1);
    }

    [Theory]
    [InlineData("245")]
    [InlineData("100")]
    [InlineData("710")]
    public async Task A_title_or_heading_with_a_code_for_nothing_is_refused(string tag)
    {
        var bytes = WrittenRecord.Marc8(("500", "  $a\xFF"), (tag, "10$aab\xFF" + "c")).ToBytes();
        var refusal = (await Reading.Marc(bytes)).ShouldHaveSingleItem().Refusal.ShouldNotBeNull();
        refusal.Field.ShouldBe(tag);
        refusal.Position.ShouldBe(bytes.AsSpan().LastIndexOf((byte)0xFF));
    }
}
