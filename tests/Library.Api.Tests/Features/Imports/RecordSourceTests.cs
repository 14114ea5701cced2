using System.Text;
using Library.Api.Features.Imports.Records;

namespace Library.Api.Tests.Features.Imports;

public class RecordSourceTests
{
    /// <summary>However the bytes arrive.</summary>
    public static TheoryData<int> Pieces => [1, 2, 3, 7, 1_000_000];

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task A_line_ends_with_LF_CR_LF_or_CR_and_blank_ones_count_as_lines_only(int piece) =>
        (await ReadAsync(new LineFormat(), "\uFEFFa\nb\r\nc\rd\n\n  \r\n\r\re", piece)).ShouldBe(["1:a", "2:b", "3:c", "4:d", "9:e"]);

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Quoted_fields_of_CSV_may_hold_commas_line_ends_and_quotes(int piece) =>
        (await ReadAsync(new CsvFormat(), "\uFEFFa,b\r\n\"x\r\ny,\"\"z\"\"\",2\n3,\"\"\r4,\"5\"", piece))
            .ShouldBe(["1:a,b", "2:\"x\r\ny,\"\"z\"\"\",2", "4:3,\"\"", "5:4,\"5\""]);

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task A_broken_quote_costs_its_own_line_only(int piece) =>
        (await ReadAsync(new CsvFormat(), "a,5\" disk\nb,\"open\nc,\"d\"\ne,\"f\"g\nh,i\n", piece)).ShouldBe(["1!a,5\" disk", "2!b,\"open", "3:c,\"d\"", "4!e,\"f\"g", "5:h,i"]);

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task A_quote_that_is_never_closed_costs_its_own_line_only(int piece) =>
        (await ReadAsync(new CsvFormat(), "a,\"b\nc,d\ne,f", piece)).ShouldBe(["1!a,\"b", "2:c,d", "3:e,f"]);

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    public async Task A_line_that_is_too_large_is_skipped_alone(int piece)
    {
        var large = new string('x', 300_000);
        var rows = await ReadAsync(new LineFormat(), $"a\r\n{large}\r\nb\n{large}", piece, maxBytes: 1000);
        rows.Select(row => row[..3]).ShouldBe(["1:a", "2>x", "3:b", "4>x"]);
    }

    [Fact]
    public async Task A_quote_that_is_open_for_too_long_costs_its_own_line_only()
    {
        var rows = await ReadAsync(new CsvFormat(), "a,\"open\n" + string.Concat(Enumerable.Repeat("b,c\n", 1000)), 4096, maxBytes: 1000);
        rows[0].ShouldStartWith("1>a,\"open");
        rows[1..].ShouldBe(Enumerable.Range(2, 1000).Select(line => $"{line}:b,c"));
    }

    [Fact]
    public async Task Nothing_is_nothing() => (await ReadAsync(new LineFormat(), "", 10)).ShouldBeEmpty();

    private static async Task<List<string>> ReadAsync(IRecordFormat format, string text, int piece, int maxBytes = 1_000_000)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var told = 0;
        using var source = new RecordSource(new Trickle(bytes, piece), format, maxBytes, read => told += read.Length);
        var rows = new List<string>();
        while (await source.NextAsync(TestContext.Current.CancellationToken))
            rows.Add($"{source.Line}{(source.IsTooLarge ? '>' : source.Fault is null ? ':' : '!')}{Encoding.UTF8.GetString(source.Row.Span)}");
        told.ShouldBe(bytes.Length);
        return rows;
    }

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class Trickle(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
