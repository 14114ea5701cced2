using System.Collections;

namespace Library.Formats.Marc;

/// <summary>A part of a data field.</summary>
public readonly struct MarcSubfield
{
    private readonly byte[] content;
    private readonly int start;
    private readonly int length;

    internal MarcSubfield(char code, byte[] content, int start, int length)
    {
        Code = code;
        (this.content, this.start, this.length) = (content, start, length);
    }

    /// <summary>What it is, by the field's definition: a small letter or a digit, in local fields anything.</summary>
    public char Code { get; }

    /// <summary>The text as it stands, blanks and punctuation included, but for control characters other than tabs and line breaks. Never empty.</summary>
    public string Value => MarcText.Decode(Content);

    internal ReadOnlySpan<byte> Content => content.AsSpan(start, length);
}

/// <summary>The subfields of a field, read where they stand.</summary>
public readonly struct MarcSubfields : IEnumerable<MarcSubfield>
{
    private readonly byte[] content;
    private readonly int start;
    private readonly int end;

    internal MarcSubfields(byte[] content, int start, int end) => (this.content, this.start, this.end) = (content, start, end);

    /// <summary>From the first on.</summary>
    public Enumerator GetEnumerator() => new(content, start, end);

    IEnumerator<MarcSubfield> IEnumerable<MarcSubfield>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks over the subfields.</summary>
    public struct Enumerator : IEnumerator<MarcSubfield>
    {
        private readonly byte[] content;
        private readonly int start;
        private readonly int end;
        private int next;

        internal Enumerator(byte[] content, int start, int end)
        {
            (this.content, this.start, this.end) = (content, start, end);
            Reset();
        }

        /// <inheritdoc/>
        public MarcSubfield Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            // next stands on a delimiter, or at the end.
            while (next < end)
            {
                var code = next + 1;
                var found = content.AsSpan(code, end - code).IndexOf(MarcText.SubfieldDelimiter);
                next = found < 0 ? end : code + found;
                if (next - code < 2) continue;
                var (character, length) = MarcText.ReadCode(content.AsSpan(code, next - code));
                if (!MarcText.HasText(content.AsSpan(code + length, next - code - length))) continue;
                Current = new MarcSubfield(character, content, code + length, next - code - length);
                return true;
            }

            return false;
        }

        /// <inheritdoc/>
        public void Reset()
        {
            var found = content.AsSpan(start, end - start).IndexOf(MarcText.SubfieldDelimiter);
            next = found < 0 ? end : start + found;
        }

        /// <inheritdoc/>
        public readonly void Dispose()
        {
        }
    }
}
