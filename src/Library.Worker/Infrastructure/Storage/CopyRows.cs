using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>
/// The rows of one table in COPY's binary format (PostgreSQL's documentation of COPY, "Binary Format"), in pooled memory. Text and JSON
/// become UTF-8 here, with nothing in between. Each value is of the column's very type: Postgres converts none.
/// </summary>
/// <param name="target">Table and columns.</param>
internal sealed class CopyRows(string target) : IBufferWriter<byte>, IDisposable
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    // Half of a surrogate pair is refused, not mended.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const byte JsonbVersion = 1;

    // pg_type's, the same in every database.
    private const int TextOid = 25;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _length;
    private Utf8JsonWriter? _json;

    public string Sql { get; } = $"COPY {target} FROM STDIN (FORMAT BINARY)";

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _length == 0;

    public void StartRow(short columns)
    {
        // Signature, no flags, no extension.
        if (IsEmpty) this.Write((ReadOnlySpan<byte>)[(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', 0x0A, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        BinaryPrimitives.WriteInt16BigEndian(Take(2), columns);
    }

    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    public void Add(Guid value) => value.TryWriteBytes(Value(16), bigEndian: true, out _);

    public void Add(bool value) => Value(1)[0] = value ? (byte)1 : (byte)0;

    public void Add(short value) => BinaryPrimitives.WriteInt16BigEndian(Value(2), value);

    public void Add(int value) => BinaryPrimitives.WriteInt32BigEndian(Value(4), value);

    public void Add(long value) => BinaryPrimitives.WriteInt64BigEndian(Value(8), value);

    public void Add(DateTimeOffset value) => Add((value - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>As <c>text[]</c>, of one dimension that begins at 1.</summary>
    public void Add(IReadOnlyList<string>? values)
    {
        if (values is null)
        {
            Null();
            return;
        }

        var start = _length;
        // The length, known in the end.
        Take(4);
        foreach (var number in (ReadOnlySpan<int>)[1, 0, TextOid, values.Count, 1]) BinaryPrimitives.WriteInt32BigEndian(Take(4), number);
        foreach (var value in values) Add(value);
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start), _length - start - 4);
    }

    public void Add(ReadOnlySpan<byte> utf8) => utf8.CopyTo(Value(utf8.Length));

    public void Add(string? value)
    {
        if (value is null) Null();
        else Utf8.GetBytes(value, Value(Utf8.GetByteCount(value)));
    }

    /// <summary>As <c>jsonb</c>.</summary>
    public void AddJson(object value, Type type) => AddJson(value, type, version: JsonbVersion);

    /// <summary>As <c>json</c>.</summary>
    public void AddJsonText(object value, Type type) => AddJson(value, type, version: null);

    private void AddJson(object value, Type type, byte? version)
    {
        var start = _length;
        // The length, known in the end.
        Take(4);
        if (version is { } prefix) Take(1)[0] = prefix;
        _json ??= new Utf8JsonWriter(this, new JsonWriterOptions { Encoder = StorageJson.Options.Encoder, SkipValidation = true });
        JsonSerializer.Serialize(_json, value, type, StorageJson.Options);
        _json.Flush();
        _json.Reset();
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(start), _length - start - 4);
    }

    /// <inheritdoc cref="AddJson(object, Type)"/>
    public void AddJson(ReadOnlySpan<byte> utf8)
    {
        var value = Value(utf8.Length + 1);
        value[0] = JsonbVersion;
        utf8.CopyTo(value[1..]);
    }

    /// <summary>Ends the rows.</summary>
    /// <returns>All of them, until this is disposed of.</returns>
    public ReadOnlyMemory<byte> Complete()
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);
        return _bytes.AsMemory(0, _length);
    }

    public void Dispose()
    {
        _json?.Dispose();
        ArrayPool<byte>.Shared.Return(_bytes);
    }

    void IBufferWriter<byte>.Advance(int count) => _length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint) => Room(sizeHint).AsMemory(_length);

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint) => Room(sizeHint).AsSpan(_length);

    private Span<byte> Value(int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(4), length);
        return Take(length);
    }

    private Span<byte> Take(int length)
    {
        var taken = Room(length).AsSpan(_length, length);
        _length += length;
        return taken;
    }

    private byte[] Room(int length)
    {
        length = Math.Max(length, 1);
        if (_bytes.Length - _length >= length) return _bytes;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _length + length));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        return _bytes = larger;
    }
}
