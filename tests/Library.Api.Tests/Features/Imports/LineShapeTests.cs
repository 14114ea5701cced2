using System.Text;
using Library.Api.Features.Imports.Records;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Tests.Features.Imports;

public class LineShapeTests
{
    [Theory]
    [InlineData("[", "{\"type\":\"author\"},", "]")]
    [InlineData("[{\"type\":\"author\",", "\"key\":\"a\"}]")]
    [InlineData("[{\"type\":\"author\"},{\"type\":\"author\"}]")]
    [InlineData("[{\"type\":\"author\",\"name\":\"the beginning of one that is too large")]
    [InlineData("[]")]
    [InlineData("{", "  \"type\": \"author\",", "}")]
    [InlineData("{", "}")]
    [InlineData("\t{ ", "\"type\": \"author\"")]
    public void What_is_no_record_a_line_is_refused_as_a_whole(params string[] rows)
    {
        var problem = Should.Throw<RefusalException>(() => See(rows)).Problem;
        problem.Status.ShouldBe(400);
        problem.Detail.ShouldContain("one record a line");
    }

    [Theory]
    [InlineData("{\"type\":\"author\"}")]
    [InlineData("{\"type\":\"author\"}", "[", "{")]
    [InlineData("[{\"type\":\"author\"}]", "{\"type\":\"author\"}")]
    [InlineData("[nonsense", "{\"type\":\"author\"}")]
    [InlineData("{", "{\"type\":\"author\"}")]
    [InlineData("{\"type\":\"author\",\"na", "\"book\"")]
    [InlineData("{")]
    public void A_bad_line_among_others_is_refused_alone(params string[] rows) => Should.NotThrow(() => See(rows));

    private static void See(string[] rows)
    {
        var shape = new LineShape();
        foreach (var row in rows) shape.See(Encoding.UTF8.GetBytes(row));
        shape.End();
    }
}
