using System.Buffers.Binary;
using System.Globalization;
using Library.Contracts;
using Library.Contracts.Values;

namespace Library.Generator;

/// <summary>Makes authors and books by their number: the same number, the same resource, whoever asks and in whatever order.</summary>
internal sealed class CatalogMaker(GeneratorOptions options)
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Earliest = new(1800, 1, 1);
    private static readonly string[] Languages = ["eng", "eng", "eng", "eng", "eng", "deu", "fra", "spa", "rus", "zho", "jpn", "lat"];
    private static readonly string[] Roles = ["edt", "trl", "ill", "win"];

    /// <summary>Subjects of the catalog; a few are on many books.</summary>
    private const int Subjects = 20_000;

    private static readonly Zipf Subject = new(Subjects, 1);
    private readonly Zipf _authorship = new(options.Authors, options.Skew);

    public AuthorState Author(int number)
    {
        if (options.Plain) return PlainAuthor(number);
        var random = new Random(HashCode(1, number));
        var script = ScriptOf(random);
        return new AuthorState
        {
            Id = AuthorId(number),
            Name = script.Title(random, random.Next(2, 4)),
            Bio = random.Next(100) < 40 ? script.Text(random, Length(random, 40), 10_000) : null,
            BirthDate = random.Next(100) < 70 ? Date(random, 75_000) : null,
            Identifiers = random.Next(100) < 20 ? [new() { Scheme = "viaf", Value = Number(1_000_000 + number) }] : null,
        };
    }

    public BookState Book(int number)
    {
        if (options.Plain) return PlainBook(number);
        var random = new Random(HashCode(2, number));
        var script = ScriptOf(random);
        return new BookState
        {
            Id = Id(2, number, options.Authors + number),
            Title = script.Title(random, random.Next(1, 7)),
            Description = random.Next(100) < 70 ? script.Text(random, Length(random, 60), 20_000) : null,
            PublishDate = random.Next(100) < 95 ? Date(random, 82_000) : null,
            Publisher = random.Next(100) < 70 ? script.Title(random, 2) : null,
            Languages = random.Next(100) < 90 ? [Languages[random.Next(Languages.Length)]] : null,
            Subjects = random.Next(100) < 60 ? [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => "subject " + Number(Subject.Next(random))).Distinct()] : null,
            Identifiers = random.Next(100) < 60 ? [new() { Scheme = "isbn", Value = Isbn(number) }] : null,
            Contributors = Contributors(random),
        };
    }

    private AuthorState PlainAuthor(int number)
    {
        var random = new Random(HashCode(1, number));
        var script = ScriptOf(random);
        return new AuthorState
        {
            Id = AuthorId(number),
            Name = script.Title(random, random.Next(2, 4)),
            Bio = random.Next(100) < 40 ? script.Text(random, Length(random, 40), 10_000) : null,
            BirthDate = random.Next(100) < 70 ? Day(random, 75_000) : null,
        };
    }

    private BookState PlainBook(int number)
    {
        var random = new Random(HashCode(2, number));
        var script = ScriptOf(random);
        var authors = new HashSet<int>();
        for (var left = random.Next(100) switch { < 80 => 1, < 95 => 2, _ => 3 }; left > 0; left--) authors.Add(_authorship.Next(random));
        return new BookState
        {
            Id = Id(2, number, options.Authors + number),
            Title = script.Title(random, random.Next(1, 7)),
            Description = random.Next(100) < 70 ? script.Text(random, Length(random, 60), 20_000) : null,
            PublishDate = random.Next(100) < 80 ? Day(random, 82_000) : null,
            Contributors = Contributor.Authors(authors.Select(AuthorId)),
        };
    }

    /// <summary>One in ten has none, as with anonymous works; three in twenty have several, the others in another role.</summary>
    private List<Contributor> Contributors(Random random)
    {
        var contributors = new List<Contributor>();
        for (var left = random.Next(100) switch { < 10 => 0, < 85 => 1, < 95 => 2, _ => 3 }; left > 0; left--)
        {
            var author = AuthorId(_authorship.Next(random));
            if (contributors.All(known => known.AuthorId != author))
                contributors.Add(new() { AuthorId = author, Role = contributors.Count == 0 ? Relators.Author : Roles[random.Next(Roles.Length)] });
        }

        return contributors;
    }

    /// <summary>Four in five are a year alone.</summary>
    private static string Date(Random random, int days)
    {
        var day = Earliest.AddDays(random.Next(days));
        return day.ToString(random.Next(100) < 80 ? "yyyy" : "O", CultureInfo.InvariantCulture);
    }

    private static string Day(Random random, int days) => Earliest.AddDays(random.Next(days)).ToString("O", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>ISBN-13 with its check digit.</summary>
    private static string Isbn(int number)
    {
        var digits = "978" + number.ToString("D9", CultureInfo.InvariantCulture);
        var sum = digits.Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum();
        return digits + (char)('0' + ((10 - (sum % 10)) % 10));
    }

    public static DateTimeOffset TimeOf(int place) => Start.AddMilliseconds(place);

    /// <summary>The most prolific author is number 0.</summary>
    private Guid AuthorId(int number) => Id(1, number, number);

    /// <summary>A UUID of version 7: its time is the resource's place, the rest comes from its number.</summary>
    private Guid Id(int type, int number, int place)
    {
        Span<byte> bytes = stackalloc byte[16];
        new Random(HashCode(type + 10, number)).NextBytes(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes, ((ulong)TimeOf(place).ToUnixTimeMilliseconds() << 16) | (BinaryPrimitives.ReadUInt64BigEndian(bytes) & 0xFFF) | 0x7000);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static Script ScriptOf(Random random)
    {
        var share = random.NextDouble();
        foreach (var (script, its) in Script.All)
            if ((share -= its) < 0) return script;
        return Script.All[0].Script;
    }

    /// <summary>Most are about the median, a few are very long.</summary>
    private static int Length(Random random, int median)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return 1 + (int)Math.Min(3000, median * Math.Exp(0.8 * normal));
    }

    /// <summary>Not <see cref="System.HashCode"/>, which differs from run to run.</summary>
    private int HashCode(int type, int number) => unchecked((int)(((((uint)options.Seed * 2654435761u) + (uint)type) * 2246822519u) ^ ((uint)number * 3266489917u)));
}
