using System.Globalization;
using Library.Hosting.Operations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>
/// Keeps the partitions of <c>operations</c>, one a day by the time in the ids: made from the retention's first day to a week ahead,
/// dropped whole once past it.
/// </summary>
internal sealed partial class OperationPartitions(
    NpgsqlDataSource postgres, IOptions<OperationsOptions> options, TimeProvider time, ILogger<OperationPartitions> log)
    : IRetention
{
    private const int DaysAhead = 7;

    /// <summary>Ids of this time and later may still be applied; the outcome of an older one is gone.</summary>
    public DateTimeOffset OldestKept => time.GetUtcNow() - options.Value.Retention;

    /// <summary>Ids of this time and later have no partition yet: only a clock far ahead makes one.</summary>
    public DateTimeOffset FirstUnmade => new(time.GetUtcNow().UtcDateTime.Date.AddDays(DaysAhead), TimeSpan.Zero);

    public async Task KeepAsync(CancellationToken cancellation)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellation);
        var first = DateOnly.FromDateTime(OldestKept.UtcDateTime);
        var last = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(DaysAhead);
        var there = await ReadAsync(connection, cancellation);
        for (var day = first; day <= last; day = day.AddDays(1))
            if (!there.Contains(day)) await ExecuteAsync(connection, Create(day), cancellation);
        foreach (var day in there.Where(day => day < first))
        {
            await ExecuteAsync(connection, $"drop table if exists {Name(day)}", cancellation);
            LogDropped(day);
        }
    }

    private static string Create(DateOnly day) => string.Create(CultureInfo.InvariantCulture,
        $"create table if not exists {Name(day)} partition of operations for values from ('{Bound(day)}') to ('{Bound(day.AddDays(1))}')");

    private static Guid Bound(DateOnly day) => OperationIds.LowerBound(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero));

    private static string Name(DateOnly day) => day.ToString("'operations_'yyyyMMdd", CultureInfo.InvariantCulture);

    private static async Task<HashSet<DateOnly>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'operations'::regclass", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var days = new HashSet<DateOnly>();
        while (await reader.ReadAsync(cancellation))
            days.Add(DateOnly.ParseExact(reader.GetString(0), "'operations_'yyyyMMdd", CultureInfo.InvariantCulture));
        return days;
    }

    /// <summary>Creating or dropping a partition briefly locks the whole table; it must not queue behind a long statement and block the writer.</summary>
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new("begin"), new("set local lock_timeout = 2000"), new(sql), new("commit") },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(1, LogLevel.Information, "Dropped the operations of {Day}, which are past their retention")]
    private partial void LogDropped(DateOnly day);
}
