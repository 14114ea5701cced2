using System.Buffers;
using Library.Api.Features.Imports.Records;
using Library.Contracts;

namespace Library.Api.Features.Imports;

/// <summary>Records that are to be staged together, their bytes in one buffer that is used again.</summary>
internal sealed class StagedBatch : IDisposable
{
    /// <summary>A transaction each batch: large enough that its commit costs little, small enough that memory does not grow with the file.</summary>
    private const int FullBytes = 1024 * 1024;

    private const int FullRows = 5000;

    private readonly List<StagedRow> _rows = [];
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FullBytes);
    private int _length;

    public IReadOnlyList<StagedRow> Rows => _rows;

    public int Count => _rows.Count;

    public bool IsFull => _length >= FullBytes || _rows.Count >= FullRows;

    public void Add(long line, ParsedRecord parsed, ReadOnlySpan<byte> record)
    {
        if (_bytes.Length - _length < record.Length) Grow(_length + record.Length);
        record.CopyTo(_bytes.AsSpan(_length));
        _rows.Add(new StagedRow(parsed.Kind, line, parsed.Id, _length, record.Length, parsed.Problem));
        _length += record.Length;
    }

    public ReadOnlyMemory<byte> RecordOf(StagedRow row) => _bytes.AsMemory(row.Start, row.Length);

    public void Clear()
    {
        _rows.Clear();
        _length = 0;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }

    private void Grow(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(length);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

/// <param name="Start">Where its bytes begin in the batch's buffer.</param>
/// <param name="Problem">Null: it is not refused.</param>
internal readonly record struct StagedRow(short Kind, long Line, Guid? Id, int Start, int Length, Problem? Problem);
