namespace Library.Hosting.Search;

/// <summary>Text that is folded as it is added, in memory that is used again.</summary>
internal sealed class FoldedText
{
    private const char Replacement = '\uFFFD';

    private char[] _characters = new char[256];
    private int _length;

    public ReadOnlySpan<char> Text => _characters.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Add(ReadOnlySpan<char> text)
    {
        var folded = FoldTable.Folded;
        Reserve(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var character = folded[text[i]];
            if (character != FoldTable.Longer) _characters[_length++] = character;
            else AddOther(text, ref i);
        }
    }

    private void AddOther(ReadOnlySpan<char> text, ref int i)
    {
        var raw = text[i];
        if (char.IsSurrogate(raw))
        {
            if (i + 1 == text.Length || !char.IsSurrogatePair(raw, text[i + 1]))
            {
                _characters[_length++] = Replacement;
                return;
            }

            var pair = text.Slice(i++, 2);
            Add(FoldTable.OtherOf(char.ConvertToUtf32(pair[0], pair[1])) ?? pair, rest: text.Length - i);
            return;
        }

        var target = FoldTable.OtherOf(raw)!;
        // An accent vanishes, unless it makes a letter of its own of the one before.
        if (target.Length == 0) _ = Joins(raw);
        else Add(target, rest: text.Length - i);
    }

    /// <param name="rest">How much is to come after it.</param>
    private void Add(ReadOnlySpan<char> target, int rest)
    {
        Reserve(target.Length + rest);
        foreach (var character in target)
            if (!Joins(character)) _characters[_length++] = character;
    }

    private bool Joins(char mark)
    {
        if (_length == 0 || FoldTable.Compose(_characters[_length - 1], mark) is not (not '\0' and var composed)) return false;
        _characters[_length - 1] = composed;
        return true;
    }

    private void Reserve(int more)
    {
        if (_characters.Length - _length < more) Array.Resize(ref _characters, Math.Max(_characters.Length * 2, _length + more));
    }
}
