using System.Text;
using System.Text.Json.Nodes;
using Library.Contracts.Imports;
using Library.Worker.Features.Imports;
using Library.Worker.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Library.Worker.Tests.Imports;

/// <summary>An import as the API leaves it to the worker.</summary>
internal sealed class StagedImport(CatalogDatabase catalog)
{
    public Guid Id { get; } = Guid.CreateVersion7();

    /// <param name="records">Lines of NDJSON, with keys.</param>
    public static async Task<StagedImport> CreateAsync(CatalogDatabase catalog, bool dryRun, params string[] records)
    {
        var import = new StagedImport(catalog);
        await catalog.ExecuteAsync($"""
            insert into imports (id, caller, dry_run, status, received, total, started_at, updated_at)
            values ('{import.Id}', '', {dryRun}, 'running', {records.Length}, {records.Length}, now(), now());
            """);
        for (var i = 0; i < records.Length; i++) await import.AddAsync(i + 1, records[i]);
        return import;
    }

    public static string Author(string key, string name = "Ann") => $$"""{"type":"author","key":"{{key}}","name":"{{name}}"}""";

    public static string Book(string key, string title = "Tales", params string[] authors) =>
        $$"""{"type":"book","key":"{{key}}","title":"{{title}}","authorKeys":[{{string.Join(',', authors.Select(author => $"\"{author}\""))}}]}""";

    public Task RunAsync(CancellationToken? cancellation = null) =>
        new ImportRunner(catalog.Store, new ImportApplication(catalog.Store), new ImportUndo(catalog.Postgres), TimeProvider.System, NullLogger<ImportRunner>.Instance)
            .RunAsync(Id, cancellation ?? TestContext.Current.CancellationToken);

    /// <summary>status applied/unchanged/refused.</summary>
    public Task<string> StateAsync() => catalog.ScalarAsync<string>(
        $"select status || ' ' || applied || '/' || unchanged || '/' || refused from imports where id = '{Id}'");

    public Task<string> UndoStateAsync() => catalog.ScalarAsync<string>($"select undo || ' ' || undone || '/' || kept from imports where id = '{Id}'");

    public Task<List<string>> RefusedAsync() => catalog.ColumnAsync<string>(
        $"select line || ' ' || (problem->>'type') from import_records where import = '{Id}' and problem is not null order by line");

    public async Task UndoAsync()
    {
        await catalog.ExecuteAsync($"update imports set undo = 'running', cursor_kind = 2, cursor_line = 0 where id = '{Id}'");
        await RunAsync();
    }

    private async Task AddAsync(long line, string record)
    {
        var json = JsonNode.Parse(record)!;
        var key = (string?)json["key"];
        var isAuthor = (string?)json["type"] == "author";
        await using var command = catalog.Postgres.CreateCommand("insert into import_records (import, kind, line, id, own, record) values ($1, $2, $3, $4, case when $2 = 1 then $4 end, $5)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Id });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = (short)(isAuthor ? 1 : 2) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = line });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = key is null ? json["id"]!.GetValue<Guid>() : isAuthor ? RecordKeys.AuthorId(key) : RecordKeys.BookId(key) });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = Encoding.UTF8.GetBytes(record) });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
