using Library.Cli.Infrastructure.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Library.Cli.Tests.Features.Operations;

public sealed class OperationCommandTests
{
    private const string Id = "0199a2f0-7c1b-7e4a-9a55-0d8f3c5b6e21";

    [Theory]
    [InlineData("succeeded", ExitCodes.Ok)]
    [InlineData("refused", ExitCodes.Refused)]
    [InlineData("pending", ExitCodes.Ok)]
    public async Task The_outcome_is_shown_and_told_by_the_exit_code(string status, int code)
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/operations/{id:guid}", () => FakeAnswers.Json($$"""{"id":"{{Id}}","status":"{{status}}"}""")));
        var run = await service.RunAsync("operation", Id);
        run.ShouldBe(new Run(code, $"id      {Id}\nstatus  {status}\n", ""));
    }

    [Fact]
    public async Task It_is_waited_for_in_requests_of_half_a_minute_at_most()
    {
        var asked = new List<string?>();
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/operations/{id:guid}", (HttpContext http) =>
        {
            asked.Add(http.Request.Headers["Prefer"]);
            return FakeAnswers.Json($$"""{"status":"{{(asked.Count < 3 ? "pending" : "succeeded")}}"}""");
        }));

        (await service.RunAsync("operation", Id, "--wait", "3600")).Code.ShouldBe(0);
        asked.ShouldBe(["wait=30", "wait=30", "wait=30"]);
    }
}
