using Library.Api.Infrastructure.Http;
using Microsoft.AspNetCore.Http;

namespace Library.Api.Tests.Infrastructure.Http;

public class PreconditionsTests
{
    private const TakesPreconditions Both = TakesPreconditions.Match | TakesPreconditions.NoneMatch;

    [Theory]
    [InlineData("\"7\"", 7)]
    [InlineData("\"0\"", 0)]
    [InlineData("\"2147483647\"", int.MaxValue)]
    [InlineData("\"99999999999\"", int.MaxValue)] // past every version: never matches, and is not malformed
    [InlineData("W/\"7\"", 7)]
    [InlineData("\"7\", \"8\"", 7, 8)]
    [InlineData(" \"7\" ,W/\"8\",, \"7\"", 7, 8)]
    public void If_Match_names_versions(string header, params int[] versions)
    {
        var conditions = Preconditions.Read(Headers(ifMatch: header), Both);
        conditions.ExpectedVersions.ShouldBe(versions);
        (conditions.MustExist || conditions.CreateOnly).ShouldBeFalse();
    }

    [Fact]
    public void If_Match_may_be_given_in_several_lines() =>
        Preconditions.Read(new HeaderDictionary { ["If-Match"] = new(["\"7\"", "\"8\""]) }, Both).ExpectedVersions.ShouldBe([7, 8]);

    [Fact]
    public void If_Match_has_an_end() =>
        Should.Throw<RefusalException>(() => Preconditions.Read(Headers(ifMatch: string.Join(',', Enumerable.Range(1, 101).Select(i => $"\"{i}\""))), Both)).Problem.Status.ShouldBe(400);

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData(",")]
    [InlineData("w/\"7\"")]
    [InlineData("W/7")]
    [InlineData("\"7\" \"8\"")]
    [InlineData("\"7\", *")]
    [InlineData("\"7\", \"seven\"")]
    [InlineData("\"7")]
    [InlineData("\"\"")]
    [InlineData("\"07\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"seven\"")]
    [InlineData("\"٧\"")]
    public void Anything_else_in_If_Match_is_malformed(string header) =>
        Should.Throw<RefusalException>(() => Preconditions.Read(Headers(ifMatch: header), Both)).Problem.Status.ShouldBe(400);

    [Fact]
    public void A_star_means_must_exist() => Preconditions.Read(Headers(ifMatch: "*"), Both).ShouldBe(new Preconditions(null, MustExist: true, CreateOnly: false));

    [Fact]
    public void If_None_Match_star_means_create_only() =>
        Preconditions.Read(Headers(ifNoneMatch: "*"), Both).ShouldBe(new Preconditions(null, MustExist: false, CreateOnly: true));

    [Fact]
    public void If_None_Match_of_a_command_takes_nothing_but_the_star() =>
        Should.Throw<RefusalException>(() => Preconditions.Read(Headers(ifNoneMatch: "\"7\""), Both)).Problem.Status.ShouldBe(400);

    [Fact]
    public void Both_conditions_contradict_each_other() =>
        Should.Throw<RefusalException>(() => Preconditions.Read(Headers("\"7\"", "*"), Both)).Problem.Status.ShouldBe(400);

    [Fact]
    public void A_condition_that_a_request_does_not_take_is_refused()
    {
        Should.Throw<RefusalException>(() => Preconditions.Read(Headers(ifMatch: "\"7\""), TakesPreconditions.None)).Problem.Status.ShouldBe(400);
        Should.Throw<RefusalException>(() => Preconditions.Read(Headers(ifNoneMatch: "*"), TakesPreconditions.Match)).Problem.Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("\"7\"", true)]
    [InlineData("W/\"7\"", true)]
    [InlineData("\"6\", \"7\"", true)]
    [InlineData("*", true)]
    [InlineData("\"6\"", false)]
    [InlineData("7", false)]
    [InlineData("", false)]
    public void A_read_compares_weakly(string header, bool matches) => ETags.Matches(header, "\"7\"").ShouldBe(matches);

    private static HeaderDictionary Headers(string? ifMatch = null, string? ifNoneMatch = null)
    {
        var headers = new HeaderDictionary();
        if (ifMatch is not null) headers["If-Match"] = ifMatch;
        if (ifNoneMatch is not null) headers["If-None-Match"] = ifNoneMatch;
        return headers;
    }
}
