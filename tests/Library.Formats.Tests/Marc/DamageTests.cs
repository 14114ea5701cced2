using System.Text;
using CsCheck;
using Library.Formats.Mapping;
using Library.Formats.Marc;

namespace Library.Formats.Tests.Marc;

/// <summary>Any record, written right, then damaged as real files are: what comes out is what was written.</summary>
public class DamageTests
{
    private static readonly Gen<string> Texts = Gen.Frequency(
        (12, Gen.Char.AlphaNumeric.Array[1, 40].Select(letters => new string(letters))),
        (12, Gen.OneOf("Péché", "坊っちゃん", "Война и мир", "\U00020000", " blank ", "22222nam a2200000 a 4500", "é", "1", ".", "ة")),
        (1, Gen.Int[9_950, 10_100].Select(length => new string('x', length))));

    private static readonly Gen<(string Tag, string Text)> Fields = Gen.OneOf(
        Gen.Select(Gen.OneOf("001", "003", "005", "008"), Texts),
        Gen.Select(Gen.OneOf("020", "245", "100", "650", "700", "880", "999", "AVA"), Gen.OneOf("  ", "10", "1 "), Texts.Array[1, 3], (tag, indicators, texts) =>
            (tag, indicators + string.Concat(texts.Select((text, index) => $"{WrittenRecord.SubfieldDelimiter}{(char)('a' + index)}{text}")))));

    private static readonly Gen<WrittenRecord> Records = Fields.Array[1, 12].Select(fields => WrittenRecord.Utf8(fields));

    [Fact]
    public void Right_records_are_read() => ShouldBeRead(record => record);

    [Fact]
    public void Wrong_lengths_in_leader_and_directory_cost_nothing() => ShouldBeRead(record => record with { LeaderLength = "00042", Count = bytes => bytes.Length % 7 });

    [Fact]
    public void Characters_counted_for_bytes_cost_nothing() => ShouldBeRead(record => record with { Count = bytes => Encoding.UTF8.GetString(bytes).Length });

    [Fact]
    public void Lengths_without_the_terminator_cost_nothing() => ShouldBeRead(record => record with { Count = bytes => bytes.Length - 1 });

    [Fact]
    public void Entries_out_of_order_cost_nothing() =>
        ShouldBeRead(record => record with { Entries = entries => [.. entries.OrderBy(entry => entry.Tag, StringComparer.Ordinal)] }, record => record.Fields.OrderBy(field => field.Tag, StringComparer.Ordinal), skipLong: true);

    [Fact]
    public void Records_of_any_size_and_with_anything_between_come_in_order() =>
        Gen.Select(Records.Array[1, 6], Gen.OneOf("", "\n", "\r\n", " \n\0", "\x1A"), Gen.Int[1, 5_000]).Sample(
            (records, between, pieces) =>
            {
                var bytes = records.SelectMany(record => record.ToBytes().Concat(Encoding.ASCII.GetBytes(between))).ToArray();
                var items = Reading.Marc(bytes, pieces: pieces).GetAwaiter().GetResult();
                items.Select(item => string.Join('|', item.Read().Lines())).ShouldBe(records.Select(record => string.Join('|', Expected(record.Fields))));
            },
            iter: 300);

    [Fact]
    public void A_record_that_is_damaged_anyhow_costs_itself_at_most() =>
        Gen.Select(Records, Records, Gen.Byte, Gen.Int[0, 1_000_000]).Sample(
            (damaged, behind, value, place) =>
            {
                // A terminator in place of another byte makes two of one record, and one in place of a terminator one of two.
                var bytes = damaged.ToBytes();
                if (value == MarcText.RecordTerminator) value = MarcText.FieldTerminator;
                bytes[place % (bytes.Length - 1)] = value;
                var items = Reading.Marc([.. behind.ToBytes(), .. bytes, .. behind.ToBytes()]).GetAwaiter().GetResult();
                items.Count.ShouldBe(3);
                foreach (var item in new[] { items[0], items[2] }) item.Read().Lines().ShouldBe(Expected(behind.Fields));
                if (items[1].Refusal is { } refusal) refusal.Reason.ShouldNotBeNullOrEmpty();
            },
            iter: 1_000);

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0x1D, 0x1E, 0x1F, 0x1B, (byte)'0', (byte)'2', (byte)'4', (byte)' ')).Array[0, 300].Sample(
            bytes =>
            {
                byte[] file = [.. WrittenRecord.Marc8(("245", "00$aRight")).ToBytes(), .. bytes];
                foreach (var item in Reading.Marc(file, pieces: 64).GetAwaiter().GetResult()) ShouldBeMappedOrRefused(item);
            },
            iter: 10_000);

    [Fact]
    public void Any_text_of_MARC_8_is_read_or_refused() =>
        Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0x1B, (byte)'$', (byte)'1', (byte)'(', (byte)')', (byte)'!', (byte)'E', (byte)'N', 0xE2, 0x21, 0x30)).Array[0, 60].Sample(
            bytes =>
            {
                byte[] text = [.. bytes.Where(value => value is < 0x1D or > 0x1F)];
                foreach (var tag in new[] { "245", "500" })
                {
                    var record = new WrittenRecord(' ', [new WrittenField("245", [.. "00\x1F"u8, .. "aRight"u8]), new WrittenField(tag, [.. "  \x1F"u8, (byte)'a', .. text])]);
                    ShouldBeMappedOrRefused(Reading.Marc(record.ToBytes()).GetAwaiter().GetResult().ShouldHaveSingleItem());
                }
            },
            iter: 10_000);

    [Fact]
    public void Any_XML_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.OneOf(Gen.OneOf('<', '>', '&', '"', '/', ' ', 'x', '\u0001', '\uFFFE', '!', '?', ']'), Gen.Char), Gen.Bool).Sample(
            (place, character, isCut) =>
            {
                const string Record = "<r:record xmlns:r='x'><leader>00000nam a2200000 a 4500</leader><controlfield tag='001'>1</controlfield><datafield tag='245' ind1='0' ind2='0'><subfield code='a'>x&amp;<![CDATA[y]]></subfield></datafield></r:record>";
                var xml = $"<collection>{Record.Replace("r:", "", StringComparison.Ordinal)}{Record}</collection>";
                var at = place % xml.Length;
                xml = isCut ? xml[..at] : $"{xml[..at]}{character}{xml[(at + 1)..]}";
                try
                {
                    foreach (var item in Reading.Xml(xml).GetAwaiter().GetResult()) ShouldBeMappedOrRefused(item);
                }
                catch (UnreadableFileException none)
                {
                    none.Message.ShouldNotBeNullOrEmpty();
                }
            },
            iter: 10_000);

    [Fact]
    public async Task Memory_is_that_of_a_record_however_large_the_file()
    {
        var record = WrittenRecord.Utf8(("001", "1"), ("245", "00$aTitle"), ("500", "  $a" + new string('x', 20_000))).ToBytes();
        using var stream = new RepeatingStream(record, 10_000);
        var (records, peak) = (0, 0L);
        await foreach (var item in MarcReader.ReadAsync(stream))
        {
            item.Read();
            if (++records % 1_000 == 0) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
        }

        records.ShouldBe(10_000);
        peak.ShouldBeLessThan(100_000_000);
    }

    private static void ShouldBeMappedOrRefused(MarcItem item)
    {
        var mapped = new MarcMapper(Mapped.Today).Map(item);
        if (mapped.Refusal is { } refusal) refusal.Reason.ShouldNotBeNullOrEmpty();
        else if (mapped.Book is { } book) book.Title.ShouldNotBeNullOrWhiteSpace();
    }

    private static void ShouldBeRead(Func<WrittenRecord, WrittenRecord> damage, Func<WrittenRecord, IEnumerable<WrittenField>>? inOrder = null, bool skipLong = false) => Records.Sample(
        record =>
        {
            if (skipLong && record.Fields.Any(field => field.Bytes.Length > 9_998)) return;
            var item = Reading.Marc(damage(record).ToBytes()).GetAwaiter().GetResult().ShouldHaveSingleItem();
            item.Read().Lines().ShouldBe(Expected((inOrder ?? (written => written.Fields))(record)));
        },
        iter: 500);

    private static IEnumerable<string> Expected(IEnumerable<WrittenField> fields) => fields.Select(field =>
    {
        var text = Encoding.UTF8.GetString(field.Bytes);
        return MarcField.IsControlTag(field.Tag) ? $"{field.Tag} {text}" : $"{field.Tag} {text[..2].Replace(' ', '#')} {text[2..].Replace(WrittenRecord.SubfieldDelimiter, "$", StringComparison.Ordinal)}";
    });

    private sealed class RepeatingStream(byte[] bytes, int times) : Stream
    {
        private long place;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var from = (int)(place % bytes.Length);
            var read = place >= (long)bytes.Length * times ? 0 : Math.Min(count, bytes.Length - from);
            bytes.AsSpan(from, read).CopyTo(buffer.AsSpan(offset));
            place += read;
            return read;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var block = new byte[Math.Min(buffer.Length, 16_384)];
            var read = Read(block, 0, block.Length);
            block.AsSpan(0, read).CopyTo(buffer.Span);
            return ValueTask.FromResult(read);
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
