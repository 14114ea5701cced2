using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Library.Generator;
using Library.Hosting.Operations;
using Library.Hosting.Storage;
using Library.Worker.Infrastructure.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

const int Chunk = 5_000;

var options = new ConfigurationBuilder().AddCommandLine(args).Build().Get<GeneratorOptions>() ?? new GeneratorOptions();
var errors = new List<ValidationResult>();
if (!Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true))
{
    foreach (var error in errors) Console.Error.WriteLine(error.ErrorMessage);
    Console.Error.WriteLine("dotnet run --project bench/Library.Generator -- --postgres 'Host=…' [--authors N] [--books N] [--skew S] [--seed N] [--connections N] [--schema NAME]");
    return 2;
}

var started = Stopwatch.GetTimestamp();
var catalog = new PostgresOptions { ConnectionString = options.Postgres, Schema = options.Schema };
await using var postgres = PostgresSetup.CreateDataSource(catalog);
await MigrateAsync();
if (await ScalarAsync("select exists(select from mt_events)") is true)
{
    Console.Error.WriteLine($"Schema {options.Schema} has a catalog already. Fix: name another database or schema.");
    return 1;
}

var maker = new CatalogMaker(options);
var indexes = new SecondaryIndexes(postgres);
await indexes.DropAsync();
await CopyAsync("authors", options.Authors, maker.Author, (copy, authors, first) => copy.AuthorsAsync(authors, first));
await CopyAsync("books", options.Books, maker.Book, (copy, books, first) => copy.BooksAsync(books, options.Authors + first));
await indexes.CreateAsync(options.Connections);
Say("indexes");
// The writer goes on from here. Nobody waits for events of a made-up past, so the relay is told that they are out.
var last = (long)options.Authors + options.Books;
await ScalarAsync($"select setval('mt_events_sequence', {last})");
await ScalarAsync($"update relay_position set position = {last}");
await ScalarAsync("vacuum analyze");
Say("statistics");
Console.WriteLine($"Most prolific author: {maker.Author(0).Id}");
return 0;

async Task MigrateAsync()
{
    // Of operations only the tables are made here, which need no secret; the type asks for one.
    var operations = Options.Create(new OperationsOptions { Secret = new string('-', 32) });
    using var marten = MartenSetup.CreateStore(postgres, options.Schema);
    var partitions = new OperationPartitions(postgres, operations, TimeProvider.System, NullLogger<OperationPartitions>.Instance);
    await new SchemaMigration(marten, Options.Create(catalog), partitions, NullLogger<SchemaMigration>.Instance).RunAsync(CancellationToken.None);
}

async Task CopyAsync<T>(string what, int count, Func<int, T> make, Func<CatalogCopy, IReadOnlyList<T>, int, Task> copy)
{
    await Parallel.ForEachAsync(
        Enumerable.Range(0, (count + Chunk - 1) / Chunk),
        new ParallelOptions { MaxDegreeOfParallelism = options.Connections },
        async (chunk, cancellation) =>
        {
            var first = chunk * Chunk;
            var states = Enumerable.Range(first, Math.Min(Chunk, count - first)).Select(make).ToArray();
            await using var connection = await postgres.OpenConnectionAsync(cancellation);
            await copy(new CatalogCopy(connection), states, first);
        });
    Say($"{count} {what}");
}

async Task<object?> ScalarAsync(string sql)
{
    await using var command = postgres.CreateCommand(sql);
    command.CommandTimeout = 0;
    return await command.ExecuteScalarAsync();
}

void Say(string done) => Console.WriteLine($"[{Stopwatch.GetElapsedTime(started).TotalSeconds,7:0.0} s] {done}");
