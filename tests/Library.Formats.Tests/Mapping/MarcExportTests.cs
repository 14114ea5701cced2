using System.Buffers;
using System.Text;
using CsCheck;
using Library.Contracts.Imports;
using Library.Contracts.Values;
using Library.Formats.Mapping;
using Library.Formats.Marc;

namespace Library.Formats.Tests.Mapping;

public class MarcExportTests
{
    private static readonly string[] Record =
    [
        "001 12345", "003 DLC", "008 690101s1969####nyu###########000#1#eng##", "010 ## $a76005453", "020 ## $a0441478123 (pbk.)", "035 ## $a(OCoLC)12345", "024 7# $a10.1000/182$2doi",
        "041 1# $aeng$afre", "100 1# $6880-01$aTolkien, J. R. R.$q(John Ronald Reuel),$d1892-1973.", "245 14 $aThe left hand of darkness /$cUrsula.", "246 3# $aLeft hand", "264 #1 $aNew York :$bAce Books,$c[1969?]",
        "520 ## $aOne.", "520 ## $aTwo.", "650 #0 $aLife on other planets$vFiction.", "700 1# $aPlato,$dapproximately 428 BC-348 BC,$etranslator.", "710 2# $aUnited States.$bCongress.",
        "880 1# $6100-01$aТолкин, Дж. Р. Р.",
    ];

    [Fact]
    public void What_went_in_by_MARC_comes_out_with_the_same_meaning() => ShouldComeBack(Mapped.Of(Record));

    [Fact]
    public void The_record_is_what_other_catalogs_read()
    {
        var (book, authors) = WithIds(Mapped.Of(Record));
        MarcExport.ToRecord(book, authors).Lines().Select(line => line.Replace(book.Id.ToString()!, "BOOK", StringComparison.Ordinal)).Where(line => line[..3] is not ("100" or "700" or "710")).ShouldBe(
        [
            "001 BOOK", "003 LibraryCatalog", "008 ||||||s1969    xx |||||||||||||||||eng||", "010 ## $a76005453", "020 ## $a9780441478125", "035 ## $a(OCoLC)12345", "024 7# $a10.1000/182$2doi", "041 17 $aeng$afra$2iso639-3",
            "245 10 $aThe left hand of darkness", "246 3# $aLeft hand", "264 #1 $bAce Books$c1969", "520 ## $aOne.\nTwo.", "650 #4 $aLife on other planets$xFiction",
            "880 0# $6100-01$aJohn Ronald Reuel Tolkien", "880 0# $6100-01$aДж. Р. Р. Толкин",
        ]);
        MarcExport.ToRecord(book, authors).Lines().Where(line => line[..3] is "100" or "700" or "710").Select(line => line[..line.IndexOf("$0", StringComparison.Ordinal)]).ShouldBe(
            ["100 1# $6880-01$aTolkien, J. R. R.$q(John Ronald Reuel)$d1892-1973$4aut", "700 0# $aPlato$dapproximately 428 BC-348 BC$4trl", "710 2# $aUnited States. Congress$4oth"]);
    }

    [Fact]
    public async Task Every_record_of_real_files_comes_back()
    {
        var compared = 0;
        foreach (var file in Peers.RealFilesOf(".mrc").Concat(Peers.RealFilesOf(".xml")))
        {
            await using var stream = File.OpenRead(file);
            await foreach (var item in file.EndsWith(".xml", StringComparison.Ordinal) ? MarcXmlReader.ReadAsync(stream) : MarcReader.ReadAsync(stream))
            {
                var mapped = new MarcMapper(Mapped.Today).Map(item);
                if (mapped.Book is null) continue;
                ShouldComeBack(mapped);
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(300);
    }

    [Fact]
    public void Any_book_of_the_catalog_comes_back() => Books.Sample(ShouldComeBackByXml, iter: 3_000);

    [Fact]
    public void Yaz_reads_every_record() => Books.Array[300].Sample(ShouldBeReadByYaz, iter: 1);

    private static void ShouldBeReadByYaz((MappedBook, IReadOnlyList<MappedAuthor>)[] books)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write(MarcXml.Begin);
        foreach (var (book, authors) in books) MarcXml.Write(MarcExport.ToRecord(book, authors), output);
        output.Write(MarcXml.End);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, output.WrittenSpan);
            var (exit, marc, error) = Peers.Run("yaz-marcdump", "-i", "marcxml", "-o", "marcxml", file);
            exit.ShouldBe(0, error);
            error.ShouldBeEmpty();
            marc.Split("<record").Length.ShouldBe(books.Length + 1);
            marc.Split("tag=\"650\"").Length.ShouldBe(books.Sum(book => book.Item1.Subjects.Count) + 1);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_book_without_its_authors_is_not_written()
    {
        var (book, _) = WithIds(Mapped.Of(Record));
        Should.Throw<ArgumentException>(() => MarcExport.ToRecord(book, []));
        Should.Throw<ArgumentException>(() => MarcExport.ToRecord(book with { Id = null }, []));
    }

    private static Gen<string> Text(int most) => Gen.OneOf(
        Gen.OneOf("Title.", "Ends with /", " blank ", "a  b", "e\u0301", "A, B, C", "Ursula K. Le Guin", "川端, 康成", "x.", "<&>\"'", "\u0098The\u009C", "one\r\ntwo", "A -- B", " -- ", "A -- ", "1929-2018", "[s.n.]", "s.n.", ",", "/", " ", "\U00020000"),
        Gen.Char.AlphaNumeric.Array[1, most].Select(letters => new string(letters)));

    private static Gen<EdtfDate?> Dates => Gen.OneOf("", "1929", "1929-10-21", "1929-10", "196X", "19XX", "-0427~", "0000", "1850?", "1850%", "1967-21", "-004X", "1967-XX", "0480", "-9999")
        .Select(text => text.Length == 0 ? (EdtfDate?)null : EdtfDate.Parse(text));

    private static Gen<EdtfDate?> PublishDates => Gen.OneOf(Dates, Gen.OneOf("1999/2003", "1999/..", "../1999", "/1999", "1999/").Select(text => (EdtfDate?)EdtfDate.Parse(text)));

    private static Gen<MappedAuthor> Authors => Gen.Select(Text(8).Where(name => name != " "), Gen.OneOf("", "Le Guin, Ursula K.", "Tolkien, J. R. R. (John Ronald Reuel)", "plain", ", x", "King, Martin Luther, Jr."), Gen.OneOf("person", "organization", "meeting", "family"), Text(5).Array[0, 3], Dates, Dates, Gen.Guid,
        (name, sortName, kind, alternates, birth, death, id) => new MappedAuthor
        {
            Id = id,
            OnlyIfMissing = true,
            Name = sortName.StartsWith('L') && name.Length % 2 == 0 ? "Ursula K. Le Guin" : name,
            SortName = sortName.Length == 0 ? null : sortName,
            Kind = kind,
            AlternateNames = [.. alternates.Distinct().Where(alternate => alternate != name && alternate != "Ursula K. Le Guin")],
            BirthDate = kind == "person" ? birth : null,
            DeathDate = kind == "person" ? death : null,
        });

    private static Gen<(MappedBook, IReadOnlyList<MappedAuthor>)> Books => Gen.Select(Text(30).Where(title => title != " "), Text(10).Array[0, 3], Gen.OneOf("", "One.\n\n  Two.  \n"), PublishDates, Text(10).Array[0, 4], Authors.Array[0, 3], Gen.OneOf("aut", "edt", "trl").Array[3], Gen.Guid,
        (title, alternates, description, date, subjects, authors, roles, id) => (
            new MappedBook
            {
                Id = id,
                Title = title,
                AlternateTitles = alternates,
                Description = description.Length == 0 ? null : description,
                PublishDate = date,
                Publisher = subjects.Length > 2 ? title : null,
                Languages = subjects.Length > 1 ? ["deu", "cmn"] : [],
                Subjects = subjects,
                Identifiers = [new Identifier { Scheme = "isbn", Value = "9780441478125" }, new Identifier { Scheme = "local", Value = title }],
                Contributors = [.. authors.Select((author, index) => new MappedContributor { AuthorId = author.Id, Role = roles[index] })],
            },
            (IReadOnlyList<MappedAuthor>)authors));

    private static void ShouldComeBackByXml((MappedBook Book, IReadOnlyList<MappedAuthor> Authors) sample)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(MarcXml.ToText(MarcExport.ToRecord(sample.Book, sample.Authors))));
        var record = MarcXmlReader.ReadAsync(stream).ToListAsync().AsTask().GetAwaiter().GetResult().ShouldHaveSingleItem().Read();
        ShouldBe(Mapped.Map(record), sample.Book, sample.Authors);
    }

    private static void ShouldComeBack(MappedItem mapped)
    {
        var (book, authors) = WithIds(mapped);
        ShouldBe(Mapped.Map(MarcExport.ToRecord(book, authors)), book, authors);
        ShouldComeBackByXml((book, authors));
    }

    private static void ShouldBe(MappedItem again, MappedBook book, IReadOnlyList<MappedAuthor> authors)
    {
        again.Refusal.ShouldBeNull();
        Mapped.ToText(again).ShouldBe(Mapped.ToText(new MappedItem { Number = 1, Book = book, Authors = authors }));
    }

    // As the catalog has them: by the ids that their keys stand for.
    private static (MappedBook Book, IReadOnlyList<MappedAuthor> Authors) WithIds(MappedItem item)
    {
        var book = item.Book.ShouldNotBeNull();
        return (
            book with { Key = null, Id = RecordKeys.BookId(book.Key!), Contributors = [.. book.Contributors.Select(contributor => new MappedContributor { AuthorId = RecordKeys.AuthorId(contributor.AuthorKey!), Role = contributor.Role })] },
            [.. item.Authors.Select(author => author with { Key = null, Id = RecordKeys.AuthorId(author.Key!) })]);
    }
}
