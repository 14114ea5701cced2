using System.Globalization;
using System.Text.Json;
using Library.Api.Features.Audit;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Operations;
using Npgsql;

namespace Library.Queries.Tests;

/// <summary>An audit of a live catalog reads what it looks at by index, and no more of it however much there is.</summary>
public sealed class AuditPlanTests(AuditPlanTests.LargeCatalog catalog) : IClassFixture<AuditPlanTests.LargeCatalog>
{
    private const int Rows = 50_000;

    public static TheoryData<string, string> Statements => new()
    {
        { "end of changes", AuditSql.EndOfChanges },
        { "changes", AuditSql.Changes },
        { "operations of changes", AuditSql.OperationsOfChanges },
        { "resources", AuditSql.Resources },
        { "operations", AuditSql.Operations },
        { "summary", AuditSql.Summary },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task No_statement_reads_a_large_table_from_end_to_end(string name, string sql)
    {
        foreach (var from in (int[])[0, Rows, (2 * Rows) - 1_000])
        {
            var plan = await PlanAsync("explain (format json) ", sql, Parameters(name, from, 500));
            var scans = Plan.Nodes(plan).Where(node => node.GetProperty("Node Type").GetString() == "Seq Scan").Select(node => node.GetProperty("Relation Name").GetString()!).ToList();
            scans.Intersect(catalog.LargeTables).ShouldBeEmpty($"{name} from {from}: {plan.GetRawText()}");
        }
    }

    [Theory]
    [InlineData("changes")]
    [InlineData("operations of changes")]
    public async Task A_page_in_the_middle_touches_no_more_than_the_first(string name)
    {
        var sql = name == "changes" ? AuditSql.Changes : AuditSql.OperationsOfChanges;
        var first = await BuffersAsync(sql, Parameters(name, 0, 500));
        (await BuffersAsync(sql, Parameters(name, Rows, 500))).ShouldBeLessThan((first * 2) + 200);
    }

    [Fact]
    public async Task Changes_of_a_resource_with_many_events_cost_no_more_than_those_of_others()
    {
        var others = await BuffersAsync(AuditSql.Changes, Parameters("changes", Rows, 100));
        (await BuffersAsync(AuditSql.Changes, Parameters("changes", (2 * Rows) + 10_000, 100))).ShouldBeLessThan((others * 2) + 200);
    }

    private static NpgsqlParameter[] Parameters(string name, long from, int count)
    {
        NpgsqlParameter start = new NpgsqlParameter<long> { TypedValue = from }, kept = new NpgsqlParameter<Guid> { TypedValue = OperationIds.LowerBound(TimeProvider.System.GetUtcNow().AddDays(-7)) };
        NpgsqlParameter end = new NpgsqlParameter<long> { TypedValue = from + count }, limit = new NpgsqlParameter<int> { TypedValue = count };
        NpgsqlParameter id = new NpgsqlParameter<Guid> { TypedValue = Guid.Parse(from.ToString("D32", CultureInfo.InvariantCulture)) };
        return name switch
        {
            "end of changes" => [start, new NpgsqlParameter<long> { TypedValue = 2 * Rows }, new NpgsqlParameter<long> { TypedValue = count }],
            "changes" => [start, end, kept],
            "operations of changes" => [start, end],
            "resources" => [id, limit, kept],
            "operations" => [id, limit],
            _ => [],
        };
    }

    private async Task<long> BuffersAsync(string sql, NpgsqlParameter[] parameters)
    {
        var plan = await PlanAsync("explain (format json, analyze, buffers) ", sql, parameters);
        return plan.GetProperty("Shared Hit Blocks").GetInt64() + plan.GetProperty("Shared Read Blocks").GetInt64();
    }

    /// <summary>By the connections that the audit reads through, with the settings that they have.</summary>
    private Task<JsonElement> PlanAsync(string explain, string sql, NpgsqlParameter[] parameters) => Plan.OfAsync(catalog.Postgres, explain, sql, parameters);

    /// <summary>50,000 authors and as many books, each made by an operation of its own; then one author's 20,000 changes.</summary>
    public sealed class LargeCatalog(Testing.TestServers servers) : IAsyncLifetime
    {
        private readonly QueryApi _api = new(servers);

        internal NpgsqlDataSource Postgres => _api.Service<NpgsqlDataSource>(ReadPool.Audit);

        internal IReadOnlyList<string> LargeTables { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            await _api.InitializeAsync();
            // The first half of an operation's id is its time.
            var today = OperationIds.LowerBound(TimeProvider.System.GetUtcNow()).ToString("N")[..16];
            const string Id = "lpad(i::text, 32, '0')::uuid";
            var operation = $"('{today}' || lpad(i::text, 16, '0'))::uuid";
            var resources = $"select {Id} as id, {operation} as operation, i, case when i <= {Rows} then 'author' else 'book' end as type from generate_series(1, {2 * Rows}) i";
            await _api.ExecuteAsync($"insert into mt_streams (id, type, version, tenant_id) select id, type, 1, '*DEFAULT*' from ({resources}) r");
            const string Event = "insert into mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, is_archived)";
            await _api.ExecuteAsync($"{Event} select i, gen_random_uuid(), id, 1, jsonb_build_object(type, jsonb_build_object('id', id)), type || '_created', now(), '*DEFAULT*', '', jsonb_build_object('operationId', operation), false from ({resources}) r");
            await _api.ExecuteAsync($"{Event} select {2 * Rows} + i, gen_random_uuid(), lpad('1', 32, '0')::uuid, i + 1, '{{}}', 'author_updated', now(), '*DEFAULT*', '', '{{}}', false from generate_series(1, 20000) i");
            await _api.ExecuteAsync($"insert into operations (id, resource, resource_id, effect, version, position, accepted_at, completed_at) select operation, type, id, 'created', 1, i, now(), now() from ({resources}) r");
            foreach (var table in (string[])["author", "book"])
            {
                var few = $"({resources}) r where type = '{table}'";
                await _api.ExecuteAsync($"insert into mt_doc_{table} (id, data, mt_version, mt_dotnet_type) select id, jsonb_build_object('id', id), 1, '' from {few}");
                await _api.ExecuteAsync($"insert into {table}s (id, state, heading, {(table == "author" ? "name_key" : "title_key")}, search, version, position) select id, '{{}}', 'Name', 'name', '', 1, i from {few}");
            }

            await _api.ExecuteAsync($"insert into book_authors (book_id, author_id, ordinal, since) select id, lpad((i - {Rows})::text, 32, '0')::uuid, 0, i from ({resources}) r where type = 'book'");
            await _api.ExecuteAsync("vacuum analyze");
            LargeTables = await ReadAsync("select relname from pg_class where relkind = 'r' and reltuples >= 10000 and relnamespace = current_schema()::regnamespace");
            LargeTables.Count.ShouldBeGreaterThanOrEqualTo(8);
        }

        public ValueTask DisposeAsync() => _api.DisposeAsync();

        private async Task<List<string>> ReadAsync(string sql)
        {
            await using var command = _api.Postgres.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync();
            var found = new List<string>();
            while (await reader.ReadAsync()) found.Add(reader.GetString(0));
            return found;
        }
    }
}
