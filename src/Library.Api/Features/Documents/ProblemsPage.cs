using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Library.Api.Features.Documents;

/// <summary>docs/problems.md as the page that every problem's <c>type</c> leads to: one heading, hence one anchor, for each kind of problem.</summary>
internal static partial class ProblemsPage
{
    public static string Markdown { get; } = Load();

    private static readonly string Html = ToHtml(Markdown);

    public static void MapProblems(this IEndpointRouteBuilder routes) => routes.MapGet("/problems", () => Results.Content(Html, "text/html; charset=utf-8"))
        .WithName("GetProblems").WithSummary("Every kind of problem").ExcludeFromDescription();

    private static string Load()
    {
        using var stream = typeof(ProblemsPage).Assembly.GetManifestResourceStream("problems.md")!;
        using var text = new StreamReader(stream);
        return text.ReadToEnd();
    }

    /// <summary>Supports only the Markdown that the file uses: headings, paragraphs, inline code.</summary>
    private static string ToHtml(string markdown)
    {
        var html = new StringBuilder("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Problems</title>
            <style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}:target{background:#fff3c4;color:#222}</style></head><body>
            """);
        foreach (var block in markdown.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var text = InlineCode().Replace(WebUtility.HtmlEncode(block.TrimStart('#', ' ')), "<code>$1</code>");
            html.Append(block.StartsWith("## ", StringComparison.Ordinal) ? $"<h2 id=\"{text}\">{text}</h2>\n"
                : block.StartsWith("# ", StringComparison.Ordinal) ? $"<h1>{text}</h1>\n"
                : $"<p>{text}</p>\n");
        }

        return html.Append("</body></html>").ToString();
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InlineCode();
}
