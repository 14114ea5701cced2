using System.Net;
using System.Net.Sockets;

namespace Library.Testing;

/// <summary>A TCP link to a server that a test can cut, slow down, or turn into a black hole.</summary>
public sealed class Link : IAsyncDisposable
{
    private readonly string _host;
    private readonly int _port;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private readonly HashSet<TcpClient> _clients = [];
    private TaskCompletionSource _flow = Completed();
    private TaskCompletionSource _answers = Completed();
    private TimeSpan _delay;
    private bool _cut;

    public Link(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Breaks every connection and refuses new ones.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _cut = true;
            foreach (var client in _clients) client.Close();
            _clients.Clear();
        }
    }

    /// <summary>Holds every byte, in both directions: connections stay, nothing arrives.</summary>
    public void Hold() => _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Holds what the server says: it hears everything, and its answers are lost once the link is cut.</summary>
    public void HoldAnswers() => _answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets every piece of data take that long, in either direction.</summary>
    public void Delay(TimeSpan delay) => _delay = delay;

    /// <summary>As if nothing had been.</summary>
    public void Mend()
    {
        lock (_gate) _cut = false;
        _delay = TimeSpan.Zero;
        _flow.TrySetResult();
        _answers.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        _flow.TrySetResult();
        _answers.TrySetResult();
        _listener.Dispose();
        _end.Dispose();
    }

    private static TaskCompletionSource Completed()
    {
        var flow = new TaskCompletionSource();
        flow.SetResult();
        return flow;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            lock (_gate)
            {
                if (_cut) throw new IOException("The link is cut.");
                _clients.Add(client);
                _clients.Add(server);
            }

            await server.ConnectAsync(_host, _port, _end.Token);
            await Task.WhenAny(CopyAsync(client, server, () => _flow.Task), CopyAsync(server, client, () => Task.WhenAll(_flow.Task, _answers.Task)));
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Both ends see their connection closed, as on a real link.
        }
        finally
        {
            lock (_gate)
            {
                _clients.Remove(client);
                _clients.Remove(server);
            }

            client.Dispose();
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, Func<Task> flow)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var count = await from.GetStream().ReadAsync(buffer, _end.Token);
            if (count == 0) return;
            if (_delay > TimeSpan.Zero) await Task.Delay(_delay, _end.Token);
            await flow();
            await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
