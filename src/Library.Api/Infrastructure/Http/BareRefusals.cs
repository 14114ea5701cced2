using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Library.Contracts;
using Library.Contracts.Serialization;
using Microsoft.AspNetCore.Connections;

namespace Library.Api.Infrastructure.Http;

/// <summary>
/// The server itself rejects what it cannot parse (an escaped NUL in the path, say) with a bare status line, before any middleware. This class
/// gives such a response the problem details that every refusal has.
/// </summary>
internal static class BareRefusals
{
    public static void AddBodies(IConnectionBuilder connections) => connections.Use(next => connection =>
    {
        connection.Transport = new Transport(connection.Transport.Input, new Output(connection.Transport.Output));
        return next(connection);
    });

    /// <summary>Null: not a bare refusal.</summary>
    internal static byte[]? WithBody(ReadOnlySpan<byte> answer)
    {
        var length = "\r\nContent-Length: 0"u8;
        if (!answer.StartsWith("HTTP/1.1 "u8) || answer.Length < 13 || answer[9] is not ((byte)'4' or (byte)'5')) return null;
        if (answer.IndexOf(length) is not (> 0 and var at) || !answer.EndsWith("\r\n\r\n"u8)) return null;
        var status = int.Parse(answer[9..12], NumberStyles.None, CultureInfo.InvariantCulture);
        var problem = JsonSerializer.SerializeToUtf8Bytes(StatusProblems.Of(status), LibraryJsonContext.Default.Problem);
        var headers = string.Create(CultureInfo.InvariantCulture, $"\r\nContent-Type: {ProblemWriter.MediaType}\r\nX-Content-Type-Options: nosniff\r\nContent-Length: {problem.Length}");
        return [.. answer[..at], .. Encoding.ASCII.GetBytes(headers), .. answer[(at + length.Length)..], .. problem];
    }

    private sealed class Transport(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input { get; } = input;

        public PipeWriter Output { get; } = output;
    }

    /// <summary>The server writes an answer's head in one piece, so one look at each piece is enough.</summary>
    private sealed class Output(PipeWriter inner) : PipeWriter
    {
        private Memory<byte> _piece;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes)
        {
            if (WithBody(_piece.Span[..bytes]) is { } answer) inner.Write(answer);
            else inner.Advance(bytes);
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _piece = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
    }
}
