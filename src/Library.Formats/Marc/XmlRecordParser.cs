using System.Text;
using System.Xml;

namespace Library.Formats.Marc;

/// <summary>Makes records of the nodes of MARCXML, and counts them.</summary>
internal sealed class XmlRecordParser(int mostBytes)
{
    private readonly Stack<Frame> records = new();
    private readonly StringBuilder text = new();
    private Capture capture;
    private string tag = "";
    private char code;
    private int captureDepth;
    private int fieldDepth = -1;
    private MarcItem? finished;

    private enum Capture
    {
        None,
        Leader,
        Control,
        Subfield,
    }

    public char[] TextBuffer { get; } = new char[4096];

    public long Number { get; private set; }

    /// <summary>Whether the file says that it is of MARCXML, though it may hold no record.</summary>
    public bool SawCollection { get; private set; }

    public bool IsInText => capture != Capture.None;

    /// <summary>A start tag; true: it was the end as well.</summary>
    public bool Start(XmlReader xml)
    {
        var (depth, isEmpty) = (xml.Depth, xml.IsEmptyElement);
        switch (xml.LocalName)
        {
            case "collection":
                SawCollection = true;
                break;
            case "record":
                records.Push(new Frame(depth));
                break;
            case "leader" when IsInRecord(depth):
                Begin(Capture.Leader, depth);
                break;
            case "controlfield" when IsInRecord(depth):
                tag = xml.GetAttribute("tag") ?? "";
                Begin(Capture.Control, depth);
                break;
            case "datafield" when IsInRecord(depth):
                fieldDepth = depth;
                records.Peek().Begun().Data(xml.GetAttribute("tag") ?? "", Indicator(xml.GetAttribute("ind1")), Indicator(xml.GetAttribute("ind2")));
                break;
            case "subfield" when depth == fieldDepth + 1:
                code = xml.GetAttribute("code") is [var letter, ..] ? letter : '?';
                Begin(Capture.Subfield, depth);
                break;
        }

        if (isEmpty) End(depth);
        return isEmpty;
    }

    public void Text(ReadOnlySpan<char> characters)
    {
        var frame = records.Peek();
        if (frame.Builder.Size + text.Length + characters.Length > mostBytes) frame.IsTooLarge = true;
        if (!frame.IsTooLarge) text.Append(characters);
    }

    public void End(int depth)
    {
        if (capture != Capture.None && depth == captureDepth) EndText();
        else if (depth == fieldDepth) fieldDepth = -1;
        else if (records.TryPeek(out var frame) && depth == frame.Depth) EndRecord(records.Pop());
    }

    /// <summary>The record whose end was met, once.</summary>
    public MarcItem? Take()
    {
        var item = finished;
        finished = null;
        return item;
    }

    public MarcItem Broken(string reason) => Refuse(
        $"The XML breaks here, and records behind it cannot be found: {reason}", records.TryPeek(out var frame) && frame is { HasBegun: true, IsTooLarge: false } ? MarcXml.ToText(frame.Builder.Build()) : null, endsFile: true);

    private static char Indicator(string? value) => value is [var indicator] && indicator != '#' ? indicator : ' ';

    // Blanks at its beginning are lost in some files, and what is left begins with the status, a letter.
    private static string Leader(string text)
    {
        var leader = text.Trim('\n', '\r', '\t');
        if (leader.Length > MarcRecord.LeaderLength && leader.Trim() is { Length: <= MarcRecord.LeaderLength } trimmed) leader = trimmed;
        return leader is [>= 'a' and <= 'z', ..] ? leader.PadLeft(MarcRecord.LeaderLength) : leader;
    }

    private bool IsInRecord(int depth) => records.TryPeek(out var frame) && depth == frame.Depth + 1;

    private void Begin(Capture what, int depth)
    {
        (capture, captureDepth) = (what, depth);
        text.Clear();
    }

    private void EndText()
    {
        var builder = records.Peek().Begun();
        var value = text.ToString();
        if (capture == Capture.Leader) builder.Leader(Leader(value));
        else if (capture == Capture.Subfield) builder.Sub(code, value);
        else builder.Control(tag, value.Trim('\n', '\r', '\t'));
        capture = Capture.None;
        text.Clear();
        if (text.Capacity > TextBuffer.Length) text.Capacity = TextBuffer.Length;
    }

    private void EndRecord(Frame frame)
    {
        if (!frame.HasBegun) return;
        finished = frame.IsTooLarge
            ? Refuse($"The record is larger than {mostBytes} bytes, the most that is allowed.", null)
            : MarcItem.Of(++Number, frame.Builder.Build());
    }

    private MarcItem Refuse(string reason, string? record, bool endsFile = false) =>
        MarcItem.Of(new RecordRefusal { Number = ++Number, Reason = reason, Record = record, EndsFile = endsFile });

    /// <summary>An element named record that is open.</summary>
    private sealed class Frame(int depth)
    {
        public int Depth => depth;

        public MarcRecordBuilder Builder { get; } = new();

        public bool HasBegun { get; private set; }

        public bool IsTooLarge { get; set; }

        public MarcRecordBuilder Begun()
        {
            HasBegun = true;
            return Builder;
        }
    }
}
