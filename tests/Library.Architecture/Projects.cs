namespace Library.Architecture;

/// <summary>The projects, and which of the rules each of them keeps.</summary>
internal static class Projects
{
    public static readonly Project Contracts = Of("Library.Contracts");
    public static readonly Project Formats = Of("Library.Formats");
    public static readonly Project Hosting = Of("Library.Hosting");
    public static readonly Project Api = Of("Library.Api");
    public static readonly Project Worker = Of("Library.Worker");
    public static readonly Project Cli = AssemblyReader.Read("library", "Library.Cli");

    /// <summary>No circle between their folders.</summary>
    public static readonly IReadOnlyList<Project> WithoutCircles = [Contracts, Formats, Hosting, Api, Worker, Cli];

    /// <summary>Features above, Infrastructure below.</summary>
    public static readonly IReadOnlyList<Project> InTwoStoreys = [Api, Worker, Cli];

    /// <summary>Where one feature may use another, by project; everywhere else features don't know each other.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<Meeting>> Meetings = new Dictionary<string, IReadOnlyList<Meeting>>
    {
        [Api.Root] =
        [
            new("Books", "Authors", "the books of an author and the authors of a book are lists of both"),
            new("Imports", "Authors", "a record keeps the rules of the command that it stands for"),
            new("Imports", "Books", "a record keeps the rules of the command that it stands for"),
            new("Exports", "Imports", "both are transfers, and share their bound"),
        ],
        [Worker.Root] =
        [
            new("Commands", "Authors", "a batch is folded by the decisions of its commands"),
            new("Commands", "Books", "a batch is folded by the decisions of its commands"),
            new("Imports", "Commands", "a chunk of records is applied as a batch of commands is"),
            new("Imports", "Authors", "an undo takes an author back to its state before"),
            new("Imports", "Books", "an undo takes a book back to its state before"),
            new("Cascades", "Books", "the deletion or restoration of an author changes its books"),
        ],
        [Cli.Root] = [],
    };

    private static Project Of(string name) => AssemblyReader.Read(name, name);
}

/// <param name="From">The feature that uses the other.</param>
internal sealed record Meeting(string From, string To, string Because);
