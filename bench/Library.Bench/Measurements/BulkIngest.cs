using System.Diagnostics;
using Library.Testing.Hosts;
using Npgsql;

namespace Library.Bench.Measurements;

/// <summary>
/// A file of new authors and books over HTTP, from the first byte sent until the last record is applied, while the relay publishes the
/// events. Beside it: the same final rows into the same indexed tables by binary COPY, whose bytes were made before, on one connection, a
/// transaction for as many records as the importer takes in one. The twin stages nothing.
/// </summary>
internal sealed class BulkIngest : IMeasurement
{
    private const int ChunkSize = 1_000;

    public string Name => "ingest";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        var records = bench.Quick ? 20_000 : 100_000;
        await using var service = await bench.CreateServiceAsync();
        var (api, _) = await service.StartAsync();
        // The same tables and indexes, without a service.
        await using var tables = await bench.CreateServiceAsync();
        var migrating = tables.StartWorker();
        await migrating.WhenReadyAsync();
        await migrating.StopAsync();
        await using var copying = new NpgsqlConnection(tables.Postgres + ";Search Path=library;Pooling=false;Command Timeout=0");
        await copying.OpenAsync();

        var (seed, before) = (0, 0L);
        var sides = await bench.CompareAsync(
            async () =>
            {
                using var file = await ImportFile.CreateAsync(records, ++seed);
                before = await service.ScalarAsync<long>("select coalesce(max(seq_id), 0) from mt_events");
                var rate = file.Records / (await api.ImportAsync(file)).TotalSeconds;
                await CheckAsync(service, before, file.Records);
                await service.UntilRelayedAsync();
                return rate;
            },
            async () =>
            {
                var count = records / 6 * 6;
                var rows = await FinalCopies.ReadAsync(service.Postgres, before, count, ChunkSize);
                var start = Stopwatch.GetTimestamp();
                await rows.WriteAsync(copying);
                var rate = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
                await CheckAsync(tables, before, count);
                return rate;
            });
        return [new("bulk ingest over HTTP ÷ binary COPY of the same final rows", "records/s", sides[0], sides[1], Goal.RatioAtLeast(0.65))];
    }

    /// <summary>Each has its event, its document and its row.</summary>
    private static async Task CheckAsync(LibraryService service, long after, int count)
    {
        var there = await service.ScalarAsync<long>($"""
            select count(*) from mt_events e left join (authors a join mt_doc_author da on da.id = a.id) on a.position = e.seq_id
            left join (books b join mt_doc_book db on db.id = b.id) on b.position = e.seq_id
            where e.seq_id > {after} and e.seq_id <= {after + count} and coalesce(a.id, b.id) = e.stream_id
            """);
        if (there != count) throw new InvalidOperationException($"Of {count} records {there} are there.");
    }
}
