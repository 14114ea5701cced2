using System.Buffers.Binary;
using System.Text;

namespace Library.Hosting.Search;

/// <summary>What a word counts in the order of hits, as in Postgres (<c>setweight</c>).</summary>
internal enum Weight
{
    D,
    A = 3,
}

/// <summary>Words with their places, put into the order of a <c>tsvector</c>: by bytes, each once, with its positions ascending.</summary>
internal sealed class Lexemes
{
    /// <summary>Postgres counts no further: all positions behind are this one.</summary>
    public const int MaxPosition = 16_383;

    /// <summary>A place is a position, with the weight in the two bits above.</summary>
    public const int WeightShift = 14;

    /// <summary>Of one word; Postgres takes one more.</summary>
    private const int MostPlaces = 255;

    private readonly ushort[] _places = new ushort[MostPlaces];
    private byte[] _bytes = new byte[1024];
    private Entry[] _entries = new Entry[128];
    private int _length;

    public int Count { get; private set; }

    public void Clear() => (Count, _length) = (0, 0);

    /// <returns>Its bytes.</returns>
    public int Add(ReadOnlySpan<char> word, int position, Weight weight)
    {
        // A UTF-16 code unit takes three bytes at most.
        if (_bytes.Length - _length < word.Length * 3) Array.Resize(ref _bytes, (_bytes.Length * 2) + (word.Length * 3));
        if (_entries.Length == Count) Array.Resize(ref _entries, _entries.Length * 2);
        var length = Encoding.UTF8.GetBytes(word, _bytes.AsSpan(_length));
        _entries[Count++] = new Entry(KeyOf(_bytes.AsSpan(_length, length)), _length, (ushort)length, (ushort)Math.Min(position, MaxPosition), weight);
        _length += length;
        return length;
    }

    public void Sort() => _entries.AsSpan(0, Count).Sort(new ByBytes(_bytes));

    public ReadOnlySpan<byte> BytesOf(int i) => BytesOf(_bytes, _entries[i]);

    /// <summary>All places of the word at an index, which moves on to the next word. Of two weights at one position the higher one counts.</summary>
    public ReadOnlySpan<ushort> PlacesOf(ref int i)
    {
        var first = i;
        var (count, last) = (0, -1);
        do
        {
            var entry = _entries[i];
            if (entry.Position != last && count < MostPlaces) _places[count++] = (ushort)(entry.Position | ((int)entry.Weight << WeightShift));
            last = entry.Position;
        }
        while (++i < Count && _entries[i].Key == _entries[first].Key && BytesOf(i).SequenceEqual(BytesOf(first)));

        return _places.AsSpan(0, count);
    }

    private static ReadOnlySpan<byte> BytesOf(byte[] bytes, in Entry entry) => bytes.AsSpan(entry.Start, entry.Length);

    /// <summary>The first eight bytes, as a number in their order: enough to compare most words.</summary>
    private static ulong KeyOf(ReadOnlySpan<byte> word)
    {
        Span<byte> key = stackalloc byte[8];
        key.Clear();
        word[..Math.Min(8, word.Length)].CopyTo(key);
        return BinaryPrimitives.ReadUInt64BigEndian(key);
    }

    private readonly record struct Entry(ulong Key, int Start, ushort Length, ushort Position, Weight Weight);

    private readonly struct ByBytes(byte[] bytes) : IComparer<Entry>
    {
        public int Compare(Entry x, Entry y)
        {
            var order = x.Key.CompareTo(y.Key);
            if (order == 0) order = BytesOf(bytes, x).SequenceCompareTo(BytesOf(bytes, y));
            if (order == 0) order = x.Position.CompareTo(y.Position);
            return order != 0 ? order : y.Weight.CompareTo(x.Weight);
        }
    }
}
