using System.Buffers;

namespace Library.Api.Features.Imports.Records;

/// <summary>
/// Reads a file row by row out of one buffer that is used again and again, so that memory does not grow with the file. A row that is
/// larger than the limit is skipped and reported.
/// </summary>
/// <param name="read">Called with all bytes as they arrive.</param>
internal sealed class RecordSource(Stream body, IRecordFormat format, int maxBytes, Action<ReadOnlySpan<byte>> read) : IDisposable
{
    private const int FirstSize = 128 * 1024;
    private const int SampleLength = 200;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _start;
    private int _end;
    private bool _complete;
    private bool _begun;
    private long _nextLine = 1;

    /// <summary>The row at hand, until the next one is asked for; of one that is too large, its beginning.</summary>
    public ReadOnlyMemory<byte> Row { get; private set; }

    /// <summary>The line on which the row begins; the first is 1.</summary>
    public long Line { get; private set; }

    /// <summary>Why the row at hand cannot be read; null: it can.</summary>
    public string? Fault { get; private set; }

    public bool IsTooLarge { get; private set; }

    /// <summary>Where the rows to come end.</summary>
    public IRecordFormat Format { get; set; } = format;

    private Span<byte> Unread => _buffer.AsSpan(_start.._end);

    /// <summary>Goes to the next row that is not blank.</summary>
    /// <returns>False: there is none.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        if (!_begun) await BeginAsync(cancellation);
        while (_start < _end || await FillAsync(cancellation))
        {
            var end = Format.FindEnd(Unread, _complete);
            if (end.Kind == RowKind.Incomplete && _end - _start > maxBytes || end.Length > maxBytes)
            {
                await SkipLineAsync(cancellation);
                return true;
            }

            if (end.Kind == RowKind.Incomplete || IsHalfALineEnd(end.Length))
            {
                await FillAsync(cancellation);
                continue;
            }

            (Line, Row, IsTooLarge) = (_nextLine, _buffer.AsMemory(_start, end.Length), false);
            Fault = end.Kind == RowKind.Broken ? Format.Broken : null;
            Advance(end.Length);
            if (Row.Span.ContainsAnyExcept((byte)' ', (byte)'\t')) return true;
        }

        return false;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private async ValueTask BeginAsync(CancellationToken cancellation)
    {
        _begun = true;
        while (_end < ByteOrderMark.Length && await FillAsync(cancellation)) { }
        if (Unread.StartsWith(ByteOrderMark)) _start += ByteOrderMark.Length;
    }

    private async ValueTask SkipLineAsync(CancellationToken cancellation)
    {
        var sample = Unread[..Math.Min(SampleLength, _end - _start)].ToArray();
        int end;
        while ((end = Unread.IndexOfAny((byte)'\n', (byte)'\r')) < 0 || IsHalfALineEnd(end))
        {
            _start = end < 0 ? _end : _start + end;
            if (!await FillAsync(cancellation)) break;
        }

        (Line, Row, IsTooLarge, Fault) = (_nextLine, sample, true, null);
        Advance(Math.Max(Unread.IndexOfAny((byte)'\n', (byte)'\r'), 0));
    }

    /// <summary>Whether a CR stands at the end of what is there: its LF may be still to come.</summary>
    private bool IsHalfALineEnd(int length) => !_complete && _start + length + 1 == _end && _buffer[_end - 1] == (byte)'\r';

    /// <summary>Leaves a row behind, with its line end.</summary>
    private void Advance(int length)
    {
        _nextLine += LineEnds(Unread[..length]) + 1;
        _start += length;
        if (Unread.StartsWith("\r\n"u8)) _start += 2;
        else if (_start < _end) _start++;
    }

    /// <returns>False: nothing came, and nothing more will.</returns>
    private async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_complete) return false;
        MakeRoom();
        var count = await body.ReadAsync(_buffer.AsMemory(_end), cancellation);
        read(_buffer.AsSpan(_end, count));
        _end += count;
        _complete = count == 0;
        return !_complete;
    }

    private void MakeRoom()
    {
        Unread.CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end < _buffer.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Unread.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static int LineEnds(ReadOnlySpan<byte> row)
    {
        var count = row.Count((byte)'\n');
        if (!row.Contains((byte)'\r')) return count;
        return count + row.Count((byte)'\r') - row.Count("\r\n"u8);
    }
}
