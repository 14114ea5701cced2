using System.Diagnostics;
using Library.Testing.Hosts;
using Npgsql;

namespace Library.Bench;

/// <summary>When the writer's transactions were committed, by the word that Postgres gives out at each commit: one for each transaction with events.</summary>
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

    public static async Task<Commits> ListenAsync(LibraryService service)
    {
        var connection = new NpgsqlConnection(service.Postgres);
        await connection.OpenAsync();
        await using var listen = new NpgsqlCommand("listen library_events", connection);
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
