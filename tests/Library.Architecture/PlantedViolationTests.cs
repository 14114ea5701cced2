namespace Library.Architecture;

/// <summary>Each rule notices the violation that is planted for it.</summary>
public class PlantedViolationTests
{
    private const string Root = "Library.Architecture.Planted";
    private static readonly Project Planted = AssemblyReader.Read("Library.Architecture", Root);

    [Fact]
    public void A_circle_is_found_and_its_ways_are_named()
    {
        var circle = Rules.NoCircles(Planted).Violations.ShouldHaveSingleItem();
        circle.ShouldContain("circle of Features.Loans, Features.Members, Infrastructure.Texts");
        circle.ShouldContain($"{Root}.Infrastructure.Texts.Text uses {Root}.Features.Loans.Loan");
    }

    [Fact]
    public void A_feature_known_below_is_found() => Rules.LowerStoreyKnowsNoFeature(Planted).Violations
        .ShouldHaveSingleItem().ShouldBe($"{Root}.Infrastructure.Texts.Text uses {Root}.Features.Loans.Loan");

    [Fact]
    public void A_meeting_that_nobody_named_is_found() => Rules.FeaturesMeetOnlyWhereNamed(Planted, []).Violations
        .ShouldHaveSingleItem().ShouldBe($"{Root}.Features.Loans.Loan uses {Root}.Features.Members.Member");

    [Fact]
    public void A_meeting_is_named_for_one_direction()
    {
        Rules.FeaturesMeetOnlyWhereNamed(Planted, [new("Loans", "Members", "named")]).Violations.ShouldBeEmpty();
        Rules.FeaturesMeetOnlyWhereNamed(Planted, [new("Members", "Loans", "named")]).Violations.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_library_beside_the_runtime_is_found() => Rules.DependsOnTheRuntimeAlone(Planted).Violations
        .ShouldHaveSingleItem().ShouldBe($"{Root}.Infrastructure.Numbers.Number uses ArchUnitNET.Domain.IType");

    [Fact]
    public void A_library_that_must_not_be_known_is_found() => Rules.KnowsNothingOf(Planted, "ArchUnitNET").Violations
        .ShouldHaveSingleItem().ShouldBe($"{Root}.Infrastructure.Numbers.Number uses ArchUnitNET.Domain.IType");

    [Fact]
    public void Two_circles_are_two_and_a_way_in_between_is_none() => Circles
        .Of([("a", "b"), ("b", "a"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "c"), ("e", "f")])
        .ShouldBe([["c", "d", "e"], ["a", "b"]]);
}
