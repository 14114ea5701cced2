using System.Runtime.CompilerServices;
using System.Xml;

namespace Library.Formats.Marc;

/// <summary>
/// Reads MARCXML, <c>application/marcxml+xml</c>: a collection, a single record, or records wrapped as OAI-PMH and SRU wrap them. A record is an element <c>record</c> that has a
/// <c>leader</c>, <c>controlfield</c> or <c>datafield</c> of its own, in whatever namespace or none. No DTD is read, and nothing is fetched from elsewhere.
/// <para>The file may be of any size; no more than a record of it is in memory. XML that breaks has no next record: that refusal is the last item
/// (<see cref="RecordRefusal.EndsFile"/>), and what was read before it stands.</para>
/// </summary>
public static class MarcXmlReader
{
    /// <summary>Elements deeper than this end the file. Wrapped records lie 8 deep.</summary>
    public const int MostDepth = 64;

    /// <summary>The records of a stream in order, each read or refused. The stream is not closed.</summary>
    /// <exception cref="UnreadableFileException">It is no XML, has a DTD, or holds no record at all; nothing was given out then.</exception>
    public static async IAsyncEnumerable<MarcItem> ReadAsync(Stream stream, ReaderOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var bounded = new NodeBoundStream(stream, (options ?? ReaderOptions.Default).MostRecordBytes, cancellationToken);
        using var xml = XmlReader.Create(bounded, new XmlReaderSettings
        {
            Async = true,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            // A control character in one record is no reason to lose those behind it; text is cleaned of them.
            CheckCharacters = false,
        });
        var parser = new XmlRecordParser((options ?? ReaderOptions.Default).MostRecordBytes);
        while (true)
        {
            var (item, fault) = await NextAsync(xml, bounded, parser);
            if (item is not null)
            {
                yield return item;
                continue;
            }

            if (fault is null) break;
            if (parser.Number == 0) throw new UnreadableFileException($"This is no file of MARCXML that can be read: {fault.Message}", fault);
            yield return parser.Broken(fault.Message);
            yield break;
        }

        if (parser is { Number: 0, SawCollection: false })
            throw new UnreadableFileException("This is XML, but no MARCXML: there is no element \"record\" with a leader, a controlfield or a datafield in it.");
    }

    private static async ValueTask<(MarcItem? Item, XmlException? Fault)> NextAsync(XmlReader xml, NodeBoundStream bounded, XmlRecordParser parser)
    {
        try
        {
            while (await xml.ReadAsync())
            {
                bounded.NodeEnded();
                if (xml.Depth > MostDepth) throw new XmlException($"Elements lie deeper than {MostDepth}.");
                switch (xml.NodeType)
                {
                    case XmlNodeType.Element:
                        if (parser.Start(xml)) break;
                        continue;
                    case XmlNodeType.EndElement:
                        parser.End(xml.Depth);
                        break;
                    case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when parser.IsInText:
                        await ReadTextAsync(xml, bounded, parser);
                        continue;
                    default:
                        continue;
                }

                if (parser.Take() is { } item) return (item, null);
            }

            return (null, null);
        }
        catch (XmlException fault)
        {
            return (null, fault);
        }
    }

    // In pieces: a text may be larger than any record is allowed to be.
    private static async ValueTask ReadTextAsync(XmlReader xml, NodeBoundStream bounded, XmlRecordParser parser)
    {
        var buffer = parser.TextBuffer;
        int length;
        while ((length = await xml.ReadValueChunkAsync(buffer, 0, buffer.Length)) > 0)
        {
            bounded.NodeEnded();
            parser.Text(buffer.AsSpan(0, length));
        }
    }
}
