using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Library.Hosting.Search;

/// <summary>
/// Makes the words of a resource into a Postgres <c>tsvector</c>: those of its heading with weight A, those of its texts with D. It may be used again
/// and again, by one thread at a time, and then allocates nothing. Bounded far below what Postgres takes (1,048,575 bytes): words beyond are not found.
/// </summary>
public sealed class SearchVector
{
    private const int MaxBytes = 800_000;

    /// <summary>What a word takes beside its bytes: its position and their count.</summary>
    private const int BytesBesides = 5;

    private readonly FoldedText _folded = new();
    private readonly char[] _scratch = new char[SearchWords.MaxLength];
    private readonly ArrayBufferWriter<byte> _binary = new(1024);
    private Lexemes _lexemes = new();
    private int _position;
    private int _textLength;
    private int _bytes;

    /// <summary>Begins anew, with a name or title.</summary>
    public void Start(string heading)
    {
        _lexemes.Clear();
        (_position, _textLength, _bytes) = (1, 0, 0);
        Add(heading, Weight.A, SearchWords.MaxText);
    }

    /// <summary>Adds a text; null: there is none.</summary>
    public void Add(string? text)
    {
        if (text is null) return;
        var left = SearchWords.MaxText - _textLength;
        Add(text, Weight.D, left);
        _textLength += Math.Min(text.Length, left);
    }

    /// <returns>As binary COPY takes it, until this is started anew.</returns>
    public ReadOnlySpan<byte> ToBinary()
    {
        _lexemes.Sort();
        _binary.ResetWrittenCount();
        var count = 0;
        _binary.Advance(Write(_binary.GetSpan(4), 0));
        for (var i = 0; i < _lexemes.Count; count++)
        {
            _binary.Write(_lexemes.BytesOf(i));
            _binary.GetSpan(1)[0] = 0;
            _binary.Advance(1);
            var places = _lexemes.PlacesOf(ref i);
            BinaryPrimitives.WriteInt16BigEndian(_binary.GetSpan(2), (short)places.Length);
            _binary.Advance(2);
            foreach (var place in places)
            {
                BinaryPrimitives.WriteUInt16BigEndian(_binary.GetSpan(2), place);
                _binary.Advance(2);
            }
        }

        var binary = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_binary.WrittenMemory).Span;
        Write(binary, count);
        return binary;
    }

    /// <returns>As it is cast from text. Words hold neither quotes nor backslashes.</returns>
    public string ToText()
    {
        _lexemes.Sort();
        var text = new StringBuilder();
        for (var i = 0; i < _lexemes.Count;)
        {
            text.Append(text.Length > 0 ? " '" : "'").Append(Encoding.UTF8.GetString(_lexemes.BytesOf(i))).Append('\'');
            var separator = ':';
            foreach (var place in _lexemes.PlacesOf(ref i))
            {
                text.Append(separator).Append((place & Lexemes.MaxPosition).ToString(CultureInfo.InvariantCulture));
                if (place >> Lexemes.WeightShift == (int)Weight.A) text.Append('A');
                separator = ',';
            }
        }

        return text.ToString();
    }

    private void Add(ReadOnlySpan<char> text, Weight weight, int bound)
    {
        if (bound <= 0) return;
        if (text.Length > bound) text = text[..(char.IsHighSurrogate(text[bound - 1]) ? bound - 1 : bound)];
        _folded.Clear();
        _folded.Add(text);
        var scanner = new WordScanner<Sink>(new Sink(this, weight), _folded.Text, _scratch, _position);
        scanner.Scan();
        _position = scanner.Position;
    }

    private void Add(ReadOnlySpan<char> word, int position, Weight weight)
    {
        if (_bytes > MaxBytes) return;
        _bytes += _lexemes.Add(word, position, weight) + BytesBesides;
    }

    private static int Write(Span<byte> to, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(to, number);
        return 4;
    }

    private readonly struct Sink(SearchVector vector, Weight weight) : IWordSink
    {
        public void Word(ReadOnlySpan<char> word, int position, int end) => vector.Add(word, position, weight);

        public void Joined(ReadOnlySpan<char> word, int position, int end, int count) => vector.Add(word, position, weight);

        /// <summary>Low weight: a search for C should rank C++ last.</summary>
        public void Plain(ReadOnlySpan<char> word, int position) => vector.Add(word, position, Weight.D);

        public void Pair(ReadOnlySpan<char> pair, int position, int end) => vector.Add(pair, position, weight);

        public void Last(ReadOnlySpan<char> character, int position, bool alone) => vector.Add(character, position, weight);
    }
}
