using System.Diagnostics;
using Library.Hosting.Events;
using Library.Testing.Hosts;
using Npgsql;

namespace Library.Bench;

/// <summary>When transactions were committed, by the word that Postgres gives out at each commit: of the writer's, one for each with events.</summary>
internal sealed class Commits : IAsyncDisposable
{
    private readonly List<long> _times = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end = new();
    private readonly NpgsqlConnection _connection;
    private readonly Task _listening;

    private Commits(NpgsqlConnection connection)
    {
        _connection = connection;
        connection.Notification += (_, _) =>
        {
            var now = Stopwatch.GetTimestamp();
            lock (_gate) _times.Add(now);
        };
        _listening = ListenAsync();
    }

    public static Task<Commits> ListenAsync(LibraryService service) => ListenAsync(service.Postgres, Notifications.EventsChannel);

    public static async Task<Commits> ListenAsync(string postgres, string channel)
    {
        var connection = new NpgsqlConnection(postgres);
        await connection.OpenAsync();
        await using var listen = new NpgsqlCommand($"listen {channel}", connection);
        await listen.ExecuteNonQueryAsync();
        return new Commits(connection);
    }

    /// <summary>Timestamps of <see cref="Stopwatch"/>, in commit order.</summary>
    public long[] Times
    {
        get
        {
            lock (_gate) return [.. _times];
        }
    }

    /// <summary>Milliseconds from each event's commit to its arrival.</summary>
    /// <param name="before">Of the commits heard of, those that do not count.</param>
    public double[] LatenciesOf(IReadOnlyCollection<Arrival> arrivals, int before)
    {
        var commits = Times[before..];
        // All events of a transaction have its time, and no other transaction's have.
        var transactions = arrivals.Select(arrival => arrival.OccurredAt).Distinct().Order().ToArray();
        if (transactions.Length != commits.Length) throw new InvalidOperationException($"{transactions.Length} transactions arrived, {commits.Length} were committed.");
        return [.. arrivals.Select(arrival => Stopwatch.GetElapsedTime(commits[Array.BinarySearch(transactions, arrival.OccurredAt)], arrival.At).TotalMilliseconds)];
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _listening;
        await _connection.DisposeAsync();
        _end.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true) await _connection.WaitAsync(_end.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Nobody wants to know any more.
        }
    }
}

/// <summary>An event came.</summary>
/// <param name="At">Timestamp of <see cref="Stopwatch"/>.</param>
internal readonly record struct Arrival(DateTime OccurredAt, long At);
