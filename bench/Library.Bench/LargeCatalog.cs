using System.Diagnostics;
using System.Globalization;
using Library.Testing.Hosts;
using Npgsql;

namespace Library.Bench;

/// <summary>
/// A generated catalog as large as lists are made for: 1,000,000 authors and 5,000,000 books, or a fiftieth of it where it is to be quick;
/// <c>LIBRARY_BENCH_AUTHORS</c> and <c>LIBRARY_BENCH_BOOKS</c> say otherwise. <c>LIBRARY_BENCH_CATALOG</c> names the database of one that is there
/// already (an Npgsql connection string), since it takes minutes to make.
/// </summary>
/// <param name="Authors">How many it was made with.</param>
/// <param name="Books">How many it was made with.</param>
internal sealed record LargeCatalog(string Postgres, int Authors, int Books)
{
    public static async Task<LargeCatalog> OpenAsync(Workbench bench)
    {
        if (Variable("LIBRARY_BENCH_CATALOG") is { } given)
            return new(given, await CountAsync(given, "authors"), await CountAsync(given, "books"));
        var catalog = new LargeCatalog(await bench.Servers.CreateDatabaseAsync(), Number("LIBRARY_BENCH_AUTHORS", bench.Quick ? 20_000 : 1_000_000), Number("LIBRARY_BENCH_BOOKS", bench.Quick ? 100_000 : 5_000_000));
        await catalog.GenerateAsync();
        return catalog;
    }

    private async Task GenerateAsync()
    {
        await Console.Error.WriteLineAsync($"    generating {Authors} authors and {Books} books");
        var program = Path.Combine(HostProcess.Built("Library.Generator"), "Library.Generator.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--postgres", Postgres, "--authors", Text(Authors), "--books", Text(Books)]) { RedirectStandardOutput = true };
        using var generator = Process.Start(start)!;
        while (await generator.StandardOutput.ReadLineAsync() is { } line) await Console.Error.WriteLineAsync($"    {line}");
        await generator.WaitForExitAsync();
        if (generator.ExitCode != 0) throw new InvalidOperationException("The catalog could not be generated.");
    }

    private static async Task<int> CountAsync(string postgres, string table)
    {
        await using var source = NpgsqlDataSource.Create(postgres + ";Search Path=library");
        await using var count = source.CreateCommand($"select count(*)::integer from {table}");
        return (int)(await count.ExecuteScalarAsync())!;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string variable, int otherwise) => Variable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
