using System.Net.Sockets;
using System.Text;

namespace Library.Api.Tests;

/// <summary>The API on a real socket, for what a client of its own kind sends.</summary>
public sealed class KestrelApi : IDisposable
{
    public KestrelApi()
    {
        Api.UseKestrel(0);
        Api.StartServer();
    }

    public ApiFactory Api { get; } = new();

    public Uri Url => Api.ClientOptions.BaseAddress;

    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(Url.Host, Url.Port, TestContext.Current.CancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Sends a request as it stands, and reads until the server closes the connection.</summary>
    public async Task<string> SendAsync(string request)
    {
        await using var stream = await ConnectAsync();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        return await ReadToEndAsync(stream);
    }

    public static async Task<string> ReadToEndAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => Api.Dispose();
}
