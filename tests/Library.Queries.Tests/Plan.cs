using System.Text.Json;
using Npgsql;

namespace Library.Queries.Tests;

/// <summary>What Postgres means to do for a statement, or has done.</summary>
internal static class Plan
{
    /// <param name="explain">In JSON.</param>
    public static async Task<JsonElement> OfAsync(NpgsqlDataSource postgres, string explain, string sql, IEnumerable<NpgsqlParameter> parameters)
    {
        await using var command = postgres.CreateCommand(explain + sql);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        var json = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        return JsonDocument.Parse(json).RootElement[0].GetProperty("Plan");
    }

    /// <summary>The node itself, and all below it.</summary>
    public static IEnumerable<JsonElement> Nodes(JsonElement plan)
    {
        yield return plan;
        if (!plan.TryGetProperty("Plans", out var children)) yield break;
        foreach (var node in children.EnumerateArray().SelectMany(Nodes)) yield return node;
    }
}
