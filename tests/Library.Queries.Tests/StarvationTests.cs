using System.Net;
using Library.Testing;
using Npgsql;

namespace Library.Queries.Tests;

/// <summary>What hangs holds up its own kind only. Apart from the other tests: it leaves every connection for lists cut off in the middle of a statement.</summary>
public sealed class StarvationTests(QueryApi api) : IClassFixture<QueryApi>
{
    [Fact]
    public async Task Lists_that_hang_leave_single_resources_to_others()
    {
        var author = await api.AddAuthorAsync("Ann");
        await using var connection = await api.Postgres.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        // Whoever alters the table keeps readers out.
        await using var locking = new NpgsqlCommand("lock table books", connection, transaction);
        await locking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        // More than all connections there are: in one pool for both, whoever comes later would wait past his time.
        var hanging = Enumerable.Range(1, 40).Select(limit => api.SendAsync($"/v1/books?limit={limit}")).ToList();
        await Eventually.HoldsAsync(async () => await WaitingAsync() > 3, "lists hang");

        using var single = await api.SendAsync($"/v1/authors/{author}", ("Library-Min-Position", "0"));
        single.StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var answer in await Task.WhenAll(hanging))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Dispose();
        }
    }

    private async Task<long> WaitingAsync()
    {
        await using var command = api.Postgres.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
