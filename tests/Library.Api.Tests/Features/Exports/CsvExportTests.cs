using System.IO.Pipelines;
using System.Text;
using Library.Api.Features.Exports;
using Library.Contracts.Imports;

namespace Library.Api.Tests.Features.Exports;

public class CsvExportTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("Ann = Bob", "Ann = Bob")]
    public void A_formula_is_made_a_text_where_that_is_asked_for_and_else_kept_as_it_is(string name, string safe)
    {
        Export(name, isExcelSafe: true).ShouldContain($",{safe},");
        Export(name, isExcelSafe: false).ShouldContain($",{name},");
    }

    [Fact]
    public void A_text_that_is_quoted_is_made_one_as_well() => Export("=\"a\",b", isExcelSafe: true).ShouldContain("\"'=\"\"a\"\",b\"");

    private static string Export(string name, bool isExcelSafe)
    {
        using var bytes = new MemoryStream();
        var pipe = PipeWriter.Create(bytes, new StreamPipeWriterOptions(leaveOpen: true));
        new CsvExport(pipe, isExcelSafe).Write(new AuthorRecord { Id = Guid.CreateVersion7(), Name = name });
        pipe.Complete();
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
