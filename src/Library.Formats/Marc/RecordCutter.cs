namespace Library.Formats.Marc;

/// <summary>Cuts a stream into pieces at its record terminators (or line feeds), in a buffer that grows with one record and shrinks behind it.</summary>
internal sealed class RecordCutter(Stream stream, int mostBytes, byte terminator = MarcText.RecordTerminator)
{
    private const int Block = 128 * 1024;

    private byte[] buffer = new byte[Block];
    private int start;
    private int end;
    private int searched;
    private long offset;
    private bool isSkipping;
    private long skippedFrom;

    /// <summary>The next piece that is whole in the buffer, without its terminator; its bytes stay until <see cref="FillAsync"/>.</summary>
    public bool TryCut(out Piece piece)
    {
        piece = default;
        var found = buffer.AsSpan(searched, end - searched).IndexOf(terminator);
        if (found >= 0)
        {
            var stop = searched + found;
            piece = isSkipping ? new Piece(default, skippedFrom, true, true) : new Piece(buffer.AsMemory(start, stop - start), offset, true, false);
            isSkipping = false;
            Advance(stop + 1);
            return true;
        }

        searched = end;
        if (end - start > mostBytes) Skip();
        return false;
    }

    /// <summary>Reads on; false at the end, where <see cref="Rest"/> is what is left.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            // What is left is the beginning of one record.
            var kept = end - start;
            var target = buffer.Length > Block && kept < Block / 2 ? new byte[Block] : buffer;
            buffer.AsSpan(start, kept).CopyTo(target);
            (buffer, searched, end, start) = (target, searched - start, kept, 0);
        }

        if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
        end += read;
        return read > 0;
    }

    /// <summary>What stands behind the last terminator.</summary>
    public Piece Rest() => isSkipping ? new Piece(default, skippedFrom, false, true) : new Piece(buffer.AsMemory(start, end - start), offset, false, false);

    private void Skip()
    {
        if (!isSkipping) skippedFrom = offset;
        isSkipping = true;
        Advance(end);
    }

    private void Advance(int to)
    {
        offset += to - start;
        start = searched = to;
    }
}

/// <summary>What stands between two record terminators; the offset is that of its first byte in the file. One that is too long was skipped: there are no bytes.</summary>
internal readonly record struct Piece(ReadOnlyMemory<byte> Bytes, long Offset, bool IsTerminated, bool IsTooLong);
