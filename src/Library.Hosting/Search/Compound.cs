using System.Runtime.CompilerServices;

namespace Library.Hosting.Search;

/// <summary>How tightly a sign joins two words.</summary>
internal enum Joint : byte
{
    None,

    /// <summary>A slash, an underscore, an at sign: the words on either side are also found for themselves, as e-mail in <c>e-mail/e-post</c>.</summary>
    Loose,

    /// <summary>A hyphen, a dot, an asterisk.</summary>
    Tight,

    /// <summary>Within a word.</summary>
    Apostrophe,
}

/// <summary>Words that signs join: where each lies in the text, its position, and what joins it to the next.</summary>
internal struct Compound
{
    private const int Most = 32;

    private Parts_ _parts;

    /// <summary>Behind the last part.</summary>
    public Joint LastJoint;

    public int Count { get; private set; }

    /// <summary>No more are joined: what follows is a compound of its own.</summary>
    public readonly bool IsFull => Count == Most;

    public void Add(int start, int end)
    {
        if (Count > 0) _parts[Count - 1].Next = LastJoint;
        _parts[Count++] = new Part { Start = start, End = end };
    }

    public void Place(int part, int position) => _parts[part].Position = position;

    public readonly int Start(int part) => _parts[part].Start;

    public readonly int End(int part) => _parts[part].End;

    public readonly int Position(int part) => _parts[part].Position;

    /// <summary>What joins it to the one before.</summary>
    public readonly Joint LastJointOf(int part) => _parts[part - 1].Next;

    public readonly Joint LoosestOf(int low, int high)
    {
        var loosest = Joint.Apostrophe;
        for (var part = low; part < high - 1; part++)
            if (_parts[part].Next < loosest) loosest = _parts[part].Next;
        return loosest;
    }

    /// <summary>Whether a part is the last of those that are joined more tightly than by this. Initials in a row are, before a name: J.R.R.Tolkien.</summary>
    public readonly bool Parts(int part, Joint joint) =>
        _parts[part].Next == joint && joint != Joint.Apostrophe && !(joint == Joint.Tight && IsInitial(part) && IsInitial(part + 1));

    private readonly bool IsInitial(int part) => _parts[part].End - _parts[part].Start == 1;

    private struct Part
    {
        public int Start;
        public int End;
        public int Position;
        public Joint Next;
    }

    [InlineArray(Most)]
    private struct Parts_
    {
        private Part _first;
    }
}
