namespace Library.Hosting.Search;

/// <summary>What is done with the words that <see cref="WordScanner"/> finds. Spans are of the folded text, or of memory that is used again.</summary>
internal interface IWordSink
{
    /// <param name="position">Place of the word among those of its text; what stands for several has that of the first.</param>
    /// <param name="end">Where it ends in the folded text.</param>
    void Word(ReadOnlySpan<char> word, int position, int end);

    /// <summary>The words of the last so many things found, written as one.</summary>
    void Joined(ReadOnlySpan<char> word, int position, int end, int count);

    /// <summary>The word before, without the signs that make it one of its own: the C of C++.</summary>
    void Plain(ReadOnlySpan<char> word, int position);

    /// <summary>Two neighbours of a text without blanks.</summary>
    void Pair(ReadOnlySpan<char> pair, int position, int end);

    /// <summary>The last character of a text without blanks; the pairs before it are all that there are.</summary>
    /// <param name="alone">It is the only one.</param>
    void Last(ReadOnlySpan<char> character, int position, bool alone);
}

/// <summary>
/// Finds the words of folded text, the same for index and query. What punctuation joins without a blank is found apart and as one word, and so are
/// initials; <c>C++</c>, <c>C#</c> and <c>.NET</c> are words of their own; text of scripts without blanks is found by overlapping pairs of characters.
/// </summary>
internal ref struct WordScanner<TSink>(TSink sink, ReadOnlySpan<char> text, Span<char> scratch, int position)
    where TSink : IWordSink, allows ref struct
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _scratch = scratch;
    private TSink _sink = sink;

    /// <summary>Of the next word.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Finds them all.</summary>
    public TSink Scan()
    {
        for (var i = 0; i < _text.Length;)
        {
            i = KindAt(i, out var width) switch
            {
                CharacterKind.Word => Compound(i),
                CharacterKind.Paired => Pairs(i),
                _ => Dotted(i) ?? i + width,
            };
        }

        return _sink;
    }

    private readonly CharacterKind KindAt(int i, out int width)
    {
        width = 1;
        if (i >= _text.Length) return CharacterKind.None;
        if (!char.IsHighSurrogate(_text[i])) return FoldTable.KindOf(_text[i]);
        width = 2;
        return FoldTable.KindOf(char.ConvertToUtf32(_text[i], _text[i + 1]));
    }

    private readonly bool IsWord(int i) => KindAt(i, out _) == CharacterKind.Word;

    private readonly int EndOfWord(int i)
    {
        while (KindAt(i, out var width) == CharacterKind.Word) i += width;
        return i;
    }

    /// <summary>A name such as .NET, whose dot belongs to no word before it.</summary>
    private int? Dotted(int i)
    {
        if (_text[i] != '.' || !IsLetter(i + 1) || !IsLetter(i + 2) || (i > 0 && (_text[i - 1] == '.' || KindAt(i - 1, out _) != CharacterKind.None || char.IsLowSurrogate(_text[i - 1])))) return null;
        var end = EndOfWord(i + 1);
        _sink.Word(Bounded(_text[i..end]), Position, end);
        _sink.Plain(Bounded(_text[(i + 1)..end]), Position++);
        return end;
    }

    private int Pairs(int start)
    {
        KindAt(start, out var width);
        var (first, second) = (start, start + width);
        while (KindAt(second, out width) == CharacterKind.Paired)
        {
            _sink.Pair(_text[first..(second + width)], Position++, second + width);
            (first, second) = (second, second + width);
        }

        _sink.Last(_text[first..second], Position++, alone: first == start);
        return second;
    }

    /// <summary>Words that no blank parts.</summary>
    private int Compound(int start)
    {
        var compound = new Compound();
        for (var i = start; ;)
        {
            var end = EndOfWord(i);
            if (Signs(i, end) is var signs and > 0)
            {
                Emit(ref compound, 0, compound.Count);
                _sink.Word(Bounded(_text[i..(end + signs)]), Position, end + signs);
                _sink.Plain(Bounded(_text[i..end]), Position++);
                return end + signs;
            }

            compound.Add(i, end);
            var next = compound.IsFull ? -1 : Joint(i, end, out compound.LastJoint);
            if (next < 0)
            {
                Emit(ref compound, 0, compound.Count);
                return end;
            }

            i = next;
        }
    }

    /// <summary>How many characters behind a word belong to it, as in C++ and C#.</summary>
    private readonly int Signs(int start, int end)
    {
        if (end >= _text.Length || !char.IsAsciiLetter(_text[start])) return 0;
        if (_text[end] == '#') return end - start == 1 && !IsLetter(end + 1) ? 1 : 0;
        return _text[end] == '+' && end + 1 < _text.Length && _text[end + 1] == '+' ? 2 : 0;
    }

    /// <summary>Where the next word of a compound begins; -1: there is none.</summary>
    private readonly int Joint(int start, int end, out Joint joint)
    {
        joint = default;
        if (end >= _text.Length) return -1;
        joint = _text[end] switch
        {
            '\'' => Search.Joint.Apostrophe,
            '.' or '-' or '*' or '&' or '·' or ',' => Search.Joint.Tight,
            '/' or '_' or '@' or ':' or '\\' or '"' or '+' or '|' => Search.Joint.Loose,
            _ => Search.Joint.None,
        };
        if (joint == Search.Joint.None) return -1;
        if (_text[end] == ',') return IsDigit(end - 1) && IsDigit(end + 1) ? end + 1 : -1;
        if (IsWord(end + 1)) return end + 1;
        if (_text[end] != '.') return -1;
        if (end + 1 < _text.Length && _text[end + 1] == '-' && IsWord(end + 2)) return end + 2;
        return end - start == 1 && !IsDigit(start) ? NextInitial(end + 1) : -1;
    }

    /// <summary>Initials are a compound, whether blanks part them or not.</summary>
    private readonly int NextInitial(int i)
    {
        while (i < _text.Length && _text[i] == ' ') i++;
        return IsLetter(i) && i + 1 < _text.Length && _text[i + 1] == '.' ? i : -1;
    }

    /// <summary>Parts and what they are joined to: first those that are joined more tightly.</summary>
    private void Emit(ref Compound compound, int low, int high)
    {
        if (high - low <= 1)
        {
            if (high > low) EmitWord(ref compound, low);
            return;
        }

        var loosest = compound.LoosestOf(low, high);
        var (first, segments) = (low, 0);
        for (var part = low; part < high; part++)
        {
            var ends = part == high - 1 || compound.Parts(part, loosest);
            if (!ends || (part == high - 1 && first == low)) continue;
            Emit(ref compound, first, part + 1);
            (first, segments) = (part + 1, segments + 1);
        }

        if (segments == 0) EmitWords(ref compound, low, high);
        else Join(ref compound, low, high, segments);
    }

    private void EmitWords(ref Compound compound, int low, int high)
    {
        for (var part = low; part < high - 1; part++) EmitWord(ref compound, part);
        // The name within its genitive: O'Brien's.
        var genitive = high - low > 2 && compound.LastJointOf(high - 1) == Search.Joint.Apostrophe && _text[compound.Start(high - 1)..compound.End(high - 1)] is "s";
        if (genitive) genitive = Join(ref compound, low, high - 1, high - 1 - low);
        EmitWord(ref compound, high - 1);
        Join(ref compound, low, high, genitive ? 2 : high - low);
    }

    private void EmitWord(ref Compound compound, int part)
    {
        compound.Place(part, Position);
        _sink.Word(Bounded(_text[compound.Start(part)..compound.End(part)]), Position++, compound.End(part));
    }

    /// <returns>False: it would be too long to be a word.</returns>
    private bool Join(ref Compound compound, int low, int high, int count)
    {
        var length = 0;
        for (var part = low; part < high; part++)
        {
            var word = _text[compound.Start(part)..compound.End(part)];
            if (length + word.Length > SearchWords.MaxLength) return false;
            word.CopyTo(_scratch[length..]);
            length += word.Length;
        }

        _sink.Joined(_scratch[..length], compound.Position(low), compound.End(high - 1), count);
        return true;
    }

    private static ReadOnlySpan<char> Bounded(ReadOnlySpan<char> word)
    {
        if (word.Length <= SearchWords.MaxLength) return word;
        return word[..(char.IsHighSurrogate(word[SearchWords.MaxLength - 1]) ? SearchWords.MaxLength - 1 : SearchWords.MaxLength)];
    }

    private readonly bool IsDigit(int i) => i < _text.Length && char.IsAsciiDigit(_text[i]);

    private readonly bool IsLetter(int i) => IsWord(i) && !IsDigit(i);
}
