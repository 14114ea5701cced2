using CsCheck;

namespace Library.EndToEnd.Model;

internal enum Verb
{
    Create,
    Replace,
    Patch,
    Delete,
    Restore,
}

/// <summary>Which version a step asks for.</summary>
internal enum Condition
{
    None,
    Current,
    Stale,
    Any,
    CreateOnly,
}

/// <summary>One command of a random sequence. Resources are numbers, so that a sequence can be told and played again.</summary>
/// <param name="IsBook">What the path says; the number may be that of the other type.</param>
/// <param name="Text">Few different ones, so that some changes change nothing. 0: the optional field is left out, or taken away by a patch.</param>
/// <param name="Authors">Of a book, distinct; now and then none.</param>
/// <param name="Roles">Of the authors, in turn: the author's, a translator's, or both.</param>
/// <param name="Repeats">How often the request is sent again under its key.</param>
internal sealed record Step(Verb Verb, bool IsBook, int Resource, int Text, int[] Authors, int[] Roles, Condition Condition, int Repeats)
{
    public const int Authored = 4;
    public const int Resources = 10;

    /// <summary>The first numbers are authors, the next ones books, the last one is whichever comes first.</summary>
    private static readonly Gen<(bool IsBook, int Resource)> Targets = Gen.Frequency(
        (5, Gen.Int[0, Authored - 1].Select(number => (false, number))),
        (6, Gen.Int[Authored, Resources - 2].Select(number => (true, number))),
        (1, Gen.Bool.Select(isBook => (isBook, Resources - 1))),
        (1, Gen.Select(Gen.Bool, Gen.Int[0, Resources - 1])));

    private static readonly Gen<Verb> Verbs = Gen.Frequency(
        (3, Gen.Const(Verb.Create)), (3, Gen.Const(Verb.Replace)), (2, Gen.Const(Verb.Patch)), (2, Gen.Const(Verb.Delete)), (2, Gen.Const(Verb.Restore)));

    private static readonly Gen<Condition> Conditions = Gen.Frequency(
        (6, Gen.Const(Condition.None)), (2, Gen.Const(Condition.Current)), (1, Gen.Const(Condition.Stale)), (1, Gen.Const(Condition.Any)), (1, Gen.Const(Condition.CreateOnly)));

    /// <summary>Mostly few authors, so that lists differ in one; now and then a number that is no author.</summary>
    private static readonly Gen<int[]> AuthorLists = Gen.Frequency((12, Gen.Int[0, Authored - 1]), (1, Gen.Const(Authored))).Array[0, 3]
        .Select(numbers => numbers.Distinct().ToArray());

    private static readonly Gen<int[]> RoleLists = Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 2])).Array[1, 3];

    private static readonly Gen<Step> Any = Gen.Select(
        Verbs, Targets, Gen.Int[0, 2], Gen.Select(AuthorLists, RoleLists), Conditions, Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[1, 2])),
        (verb, target, text, by, condition, repeats) => new Step(verb, target.IsBook, target.Resource, text, by.Item1, by.Item2, condition, repeats));

    /// <summary>Begins with authors and books that are there, so that most of what follows has something to do.</summary>
    public static readonly Gen<Step[]> Sequences = Any.Array[20, 50].Select(steps => (Step[])[
        .. Enumerable.Range(0, Authored).Select(author => new Step(Verb.Create, false, author, 1, [], [0], Condition.None, 0)),
        .. Enumerable.Range(Authored, 3).Select(book => new Step(Verb.Create, true, book, 1, [book - Authored, book - Authored + 1], [0, 1], Condition.None, 0)),
        .. steps]);

    /// <summary>Of a book: authors with their roles.</summary>
    public IReadOnlyList<(int Author, string Role)> Contributors => [.. Authors.SelectMany((author, i) => (Roles[i % Roles.Length] switch { 0 => ["aut"], 1 => ["trl"], _ => new[] { "trl", "aut" } })
        .Select(role => (author, role)))];

    /// <summary>A condition that the request can't carry is none.</summary>
    public Condition Asked => Verb switch
    {
        Verb.Create or Verb.Restore => Condition.None,
        Verb.Patch or Verb.Delete when Condition == Condition.CreateOnly => Condition.None,
        _ => Condition,
    };

    public override string ToString() =>
        $"{Verb} {(IsBook ? "book" : "author")} {Resource} text {Text}{(IsBook ? $" by {string.Join(',', Contributors)}" : "")}{(Asked is Condition.None ? "" : $" if {Asked}")}{(Repeats > 0 ? $" x{Repeats + 1}" : "")}";
}
