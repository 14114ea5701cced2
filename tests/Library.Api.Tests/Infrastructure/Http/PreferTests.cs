using Library.Api.Infrastructure.Http;

namespace Library.Api.Tests.Infrastructure.Http;

public class PreferTests
{
    [Theory]
    [InlineData("wait=5", 5)]
    [InlineData("Wait = 5", 5)]
    [InlineData("wait=\"5\"", 5)]
    [InlineData("wait=1", 1)]
    [InlineData("wait=30", 30)]
    [InlineData("wait=31", 30)]
    [InlineData("wait=99999999999999999999", 30)]
    [InlineData("wait=007", 7)]
    [InlineData("handling=lenient, wait=5; odd=yes", 5)]
    [InlineData("note=\"a, wait=9\", wait=5", 5)]
    [InlineData("wait=5, wait=9", 5)]
    public void A_wait_is_granted_up_to_30_seconds(string header, int seconds) =>
        Prefer.Read(header).Wait.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("wait")]
    [InlineData("wait=")]
    [InlineData("wait=0")]
    [InlineData("wait=-1")]
    [InlineData("wait=1.5")]
    [InlineData("wait=ten")]
    [InlineData("waiting=5")]
    [InlineData(",,;=")]
    public void What_is_malformed_is_ignored(string header) => Prefer.Read(header).ShouldBe(default);

    [Fact]
    public void Several_header_lines_are_one_list() => Prefer.Read(new(["respond-async", "wait=3"])).ShouldBe(new Prefer(TimeSpan.FromSeconds(3), RespondAsync: true));
}
