using System.Reflection;
using System.Text.RegularExpressions;
using Library.Api.Features.Documents;
using Library.Api.Infrastructure.Http;
using Library.Contracts;
using Library.Hosting.Errors;

namespace Library.Api.Tests.Infrastructure.Http;

public partial class ProblemCatalogTests
{
    [Fact]
    public void Every_kind_of_problem_has_its_section_and_every_section_its_kind()
    {
        var sections = Heading().Matches(ProblemsPage.Markdown).Select(heading => heading.Groups[1].Value).ToList();
        var kinds = All().Select(problem => problem.Type.Replace("/problems#", "", StringComparison.Ordinal)).Distinct().ToList();
        kinds.Count.ShouldBeGreaterThan(20);
        sections.ShouldBe(kinds, ignoreOrder: true);
    }

    [Fact]
    public void Every_section_names_the_status_of_its_kind()
    {
        foreach (var problem in All())
        {
            var kind = Regex.Escape(problem.Type.Replace("/problems#", "", StringComparison.Ordinal));
            Regex.IsMatch(ProblemsPage.Markdown, $@"^## {kind}\n\nStatus {problem.Status}\b", RegexOptions.Multiline).ShouldBeTrue($"{problem.Type} is {problem.Status}");
        }
    }

    private static IEnumerable<Problem> All()
    {
        var made = typeof(Problems).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.ReturnType == typeof(Problem) && method.Name != nameof(Problems.OfStatus))
            .Select(method => (Problem)method.Invoke(null, [.. method.GetParameters().Select(Sample)])!);
        return made.Concat(StatusProblems.Texts.Keys.Select(StatusProblems.Of));
    }

    private static object? Sample(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "x",
        var type when type == typeof(IReadOnlyDictionary<string, string[]>) => new Dictionary<string, string[]>(),
        var type when type == typeof(IReadOnlyList<int>) => new[] { 1 },
        var type when type == typeof(TimeSpan) => TimeSpan.FromDays(7),
        var type => Activator.CreateInstance(type),
    };

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
