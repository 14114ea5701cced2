using Library.Cli.Infrastructure.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Library.Cli.Tests.Features.Administration;

public sealed class AdministrationCommandTests
{
    private const string Id = "0199a2f0-7c1b-7e4a-9a55-0d8f3c5b6e21";

    [Fact]
    public async Task The_audit_goes_to_the_last_page_and_tells_what_it_found()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/audit", (string? after) => FakeAnswers.Json(after == "x/y"
            ? """{"resources":0,"operations":7,"lost":0,"duplicated":0,"drifted":0,"orphaned":0,"offenders":[],"position":12}"""
            : $$"""{"resources":2,"operations":0,"lost":0,"duplicated":0,"drifted":1,"orphaned":0,"offenders":[{"kind":"drifted","resource":"book","id":"{{Id}}","what":"Its row differs."}],"next":"x/y"}""")));
        (await service.RunAsync("audit")).ShouldBe(new Run(ExitCodes.Unsound, $"drifted\tbook\t{Id}\tIts row differs.\n2 resources, 7 operations, 1 findings, up to position 12\n", ""));
    }

    [Fact]
    public async Task A_sound_catalog_is_exit_code_0()
    {
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/audit", () =>
            FakeAnswers.Json("""{"resources":1,"operations":1,"lost":0,"duplicated":0,"drifted":0,"orphaned":0,"offenders":[],"position":3}""")));
        (await service.RunAsync("audit")).ShouldBe(new Run(ExitCodes.Ok, "1 resources, 1 operations, 0 findings, up to position 3\n", ""));
    }

    [Fact]
    public async Task An_audit_since_a_position_asks_for_it_on_every_page_and_goes_on_when_one_failed()
    {
        var asked = new List<string>();
        await using var service = await FakeService.StartAsync(app => app.MapGet("/v1/audit", (HttpRequest request) =>
        {
            asked.Add(request.QueryString.Value!);
            return asked.Count switch
            {
                1 => FakeAnswers.Json("""{"resources":1,"operations":0,"lost":0,"duplicated":0,"drifted":0,"orphaned":0,"offenders":[],"next":"x"}"""),
                2 => Results.StatusCode(503),
                _ => FakeAnswers.Json("""{"resources":1,"operations":1,"lost":0,"duplicated":0,"drifted":0,"orphaned":0,"offenders":[],"position":9}"""),
            };
        }));
        (await service.RunAsync("audit", "--since", "7")).ShouldBe(new Run(ExitCodes.Ok, "2 resources, 1 operations, 0 findings, up to position 9\n", ""));
        asked.ShouldBe(["?limit=500&since=7", "?limit=500&since=7&after=x", "?limit=500&since=7&after=x"]);
        (await service.RunAsync("audit", "--since", "-1")).Code.ShouldBe(ExitCodes.Usage);
    }

    [Fact]
    public async Task Dead_letters_are_listed_replayed_and_discarded()
    {
        var asked = new List<string>();
        await using var service = await FakeService.StartAsync(app =>
        {
            app.MapGet("/v1/dead-letters", () => FakeAnswers.Json($$"""{"items":[{"id":"{{Id}}","receivedAt":"2026-03-04T05:06:07Z","reason":"SQLSTATE 22021"}]}"""));
            app.MapPost("/v1/dead-letters/{id:guid}/replay", (Guid id) =>
            {
                asked.Add($"replay {id}");
                return FakeAnswers.Json("""{"status":"pending"}""", 202);
            });
            app.MapDelete("/v1/dead-letters/{id:guid}", (Guid id) =>
            {
                asked.Add($"discard {id}");
                return Results.NoContent();
            });
        });
        (await service.RunAsync("dead-letters")).ShouldBe(new Run(ExitCodes.Ok, $"{Id}\t2026-03-04T05:06:07Z\t\tSQLSTATE 22021\n", ""));
        (await service.RunAsync("dead-letters", Id, "replay")).ShouldBe(new Run(ExitCodes.Ok, "status  pending\n", ""));
        (await service.RunAsync("dead-letters", Id, "discard")).ShouldBe(new Run(ExitCodes.Ok, "", ""));
        asked.ShouldBe([$"replay {Id}", $"discard {Id}"]);
        (await service.RunAsync("dead-letters", Id)).Code.ShouldBe(ExitCodes.Usage);
    }
}
