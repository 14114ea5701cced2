using System.Text.Json;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Operations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Api.Features.Audit;

/// <summary>Cross-checks data that is stored more than once: events, rows, documents, outcomes, the relay's position.</summary>
internal sealed class AuditReader([FromKeyedServices(ReadPool.Audit)] Database database, IOptions<OperationsOptions> options, TimeProvider time)
{
    /// <summary>Authors and books after that id.</summary>
    public Task<AuditPage> ResourcesAsync(Guid after, int count, CancellationToken cancellation) => ReadAsync(
        AuditSql.Resources,
        [
            new NpgsqlParameter<Guid> { TypedValue = after },
            new NpgsqlParameter<int> { TypedValue = count },
            OldestKept,
        ],
        cancellation);

    /// <summary>Authors and books with events after the first position, up to and including the second.</summary>
    public async Task<AuditResponse> ChangesAsync(long from, long through, CancellationToken cancellation) =>
        (await ReadAsync(AuditSql.Changes, [Position(from), Position(through), OldestKept], cancellation)).Response;

    /// <summary>Outcomes after that id.</summary>
    public Task<AuditPage> OperationsAsync(Guid after, int count, CancellationToken cancellation) => ReadAsync(
        AuditSql.Operations, [new NpgsqlParameter<Guid> { TypedValue = after }, new NpgsqlParameter<int> { TypedValue = count }], cancellation);

    /// <summary>Outcomes decided after the first position, up to and including the second.</summary>
    public async Task<AuditResponse> OperationsOfChangesAsync(long from, long through, CancellationToken cancellation) =>
        (await ReadAsync(AuditSql.OperationsOfChanges, [Position(from), Position(through)], cancellation)).Response;

    /// <summary>The last position of a page with this many events.</summary>
    public Task<long> EndOfChangesAsync(long from, long until, int count, CancellationToken cancellation) => database.ReadAsync(
        AuditSql.EndOfChanges, [Position(from), Position(until), Position(count)],
        async (row, limit) =>
        {
            await row.ReadAsync(limit);
            return row.GetInt64(0);
        },
        cancellation);

    public Task<AuditSummary> SummaryAsync(CancellationToken cancellation) => database.ReadAsync(
        AuditSql.Summary, [],
        async (row, limit) =>
        {
            await row.ReadAsync(limit);
            return new AuditSummary { LastPosition = row.GetInt64(0), RelayedPosition = row.GetInt64(1), Deletions = row.GetInt64(2), Restorations = row.GetInt64(3) };
        },
        cancellation);

    private NpgsqlParameter<Guid> OldestKept => new() { TypedValue = OperationIds.LowerBound(time.GetUtcNow() - options.Value.Retention) };

    private static NpgsqlParameter<long> Position(long position) => new() { TypedValue = position };

    private Task<AuditPage> ReadAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellation) => database.ReadAsync(
        sql, parameters,
        async (row, limit) =>
        {
            await row.ReadAsync(limit);
            return new AuditPage(row.IsDBNull(4) ? null : row.GetGuid(4), new AuditResponse
            {
                Resources = row.GetInt64(0),
                Events = row.GetInt64(1),
                Operations = row.GetInt64(2),
                Pending = row.GetInt64(3),
                Lost = row.GetInt64(5),
                Duplicated = row.GetInt64(6),
                Drifted = row.GetInt64(7),
                Orphaned = row.GetInt64(8),
                Offenders = JsonSerializer.Deserialize(row.GetString(9), AuditJson.Responses.IReadOnlyListAuditFinding)!,
            });
        },
        cancellation);
}

/// <param name="Last">The last id examined; null: none.</param>
internal sealed record AuditPage(Guid? Last, AuditResponse Response);
