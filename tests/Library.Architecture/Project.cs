namespace Library.Architecture;

/// <summary>A project as the rules see it: its types and what each of them depends on, read from the compiled assembly.</summary>
/// <param name="Root">Its root namespace. Below it, namespaces are folders.</param>
/// <param name="Types">Full names of its own types.</param>
internal sealed record Project(string Root, IReadOnlyList<string> Types, IReadOnlyList<Dependency> Dependencies)
{
    public const string RootFolder = "(root)";

    /// <summary>Those between two types of this project that lie in different folders.</summary>
    public IEnumerable<Dependency> BetweenFolders => Dependencies.Where(dependency => Holds(dependency.To) && FolderOf(dependency.From) != FolderOf(dependency.To));

    public IEnumerable<string> Folders => Types.Select(FolderOf).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The entry of a program lies in no namespace: it may use everything.</summary>
    public bool Holds(string type) => type.StartsWith(Root + ".", StringComparison.Ordinal);

    /// <summary><c>Library.Api.Features.Imports.ImportRows</c> → <c>Features.Imports</c>.</summary>
    public string FolderOf(string type)
    {
        var end = type.LastIndexOf('.');
        return end <= Root.Length ? RootFolder : type[(Root.Length + 1)..end];
    }

    /// <summary>The feature that a type belongs to, with all folders within it; null: it is of no feature.</summary>
    public string? FeatureOf(string type) => Holds(type) && FolderOf(type).Split('.') is ["Features", var feature, ..] ? feature : null;

    public bool IsInfrastructure(string type) => Holds(type) && FolderOf(type).Split('.')[0] == "Infrastructure";
}

/// <summary>One type uses another. Both are full names; a nested type counts as the one that it lies in.</summary>
internal sealed record Dependency(string From, string To)
{
    public override string ToString() => $"{From} uses {To}";
}
