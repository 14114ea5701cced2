using System.Text.Json;
using Library.Api.Features.Imports;
using Npgsql;
using NpgsqlTypes;

namespace Library.Queries.Tests;

/// <summary>What is asked of an import that has just arrived, when the planner's statistics are of the one before.</summary>
public sealed class StagingPlanTests(QueryApi api) : IClassFixture<QueryApi>
{
    private const int Records = 3_000;

    [Fact]
    public async Task Lines_that_repeat_are_found_in_one_pass()
    {
        var (before, now) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await StageAsync(before);
        await api.ExecuteAsync("analyze import_records");
        await StageAsync(now);

        await using var command = api.Postgres.CreateCommand("explain (analyze, format json) " + Staging.SupersedeSql);
        command.Parameters.Add(new NpgsqlParameter { Value = """{ "detail": "" }""", NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new NpgsqlParameter { Value = "line %s" });
        command.Parameters.Add(new NpgsqlParameter { Value = now });
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);

        LoopsOf(plan.RootElement[0].GetProperty("Plan")).Max().ShouldBeLessThan(10);
        (await CountAsync(now)).ShouldBe(2, "all but the last of three lines of one author");
        (await CountAsync(before)).ShouldBe(0);
    }

    /// <summary>Each record of its own author, but for three of the first one.</summary>
    private Task StageAsync(Guid import) => api.ExecuteAsync(
        "insert into import_records (import, kind, line, id, record) select $1, 1, i, md5((case when i % 1000 = 1 then 1 else i end)::text)::uuid, 'x' from generate_series(1, $2) i", import, Records);

    private async Task<long> CountAsync(Guid import)
    {
        await using var command = api.Postgres.CreateCommand("select count(*) from import_records where import = $1 and problem is not null");
        command.Parameters.Add(new NpgsqlParameter { Value = import });
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static IEnumerable<double> LoopsOf(JsonElement node)
    {
        yield return node.GetProperty("Node Type").GetString() == "Tid Scan" ? 0 : node.GetProperty("Actual Loops").GetDouble();
        if (!node.TryGetProperty("Plans", out var plans)) yield break;
        foreach (var loops in plans.EnumerateArray().SelectMany(LoopsOf)) yield return loops;
    }
}
