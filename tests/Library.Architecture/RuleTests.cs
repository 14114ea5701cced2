namespace Library.Architecture;

public class RuleTests
{
    private static readonly IReadOnlyList<Finding> Findings =
    [
        .. Projects.WithoutCircles.Select(Rules.NoCircles),
        .. Projects.InTwoStoreys.Select(Rules.LowerStoreyKnowsNoFeature),
        .. Projects.InTwoStoreys.Select(project => Rules.FeaturesMeetOnlyWhereNamed(project, Projects.Meetings[project.Root])),
        Rules.DependsOnTheRuntimeAlone(Projects.Contracts),
        Rules.DependsOnTheRuntimeAlone(Projects.Formats, Projects.Contracts),
        Rules.KnowsNothingOf(Projects.Api, "Marten", "JasperFx", "Weasel"),
    ];

    public static TheoryData<string> Names => [.. Findings.Select(finding => finding.Rule)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_is_kept_and_matches_something(string rule)
    {
        var finding = Findings.Single(finding => finding.Rule == rule);
        // Seen by whoever runs this program, pass or fail.
        Console.WriteLine(finding);
        finding.Matched.ShouldBeGreaterThan(0);
        finding.Violations.ShouldBeEmpty(finding.ToString());
    }
}
