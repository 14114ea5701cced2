using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Library.Architecture;

/// <summary>Reads a project from its assembly.</summary>
internal static class AssemblyReader
{
    /// <param name="assembly">Name of the assembly.</param>
    /// <param name="root">Only what lies below this namespace.</param>
    public static Project Read(string assembly, string root)
    {
        var loaded = new ArchLoader().LoadAssembly(System.Reflection.Assembly.Load(assembly)).Build();
        var outline = new Project(root, [], []);
        var types = loaded.Types.Where(type => outline.Holds(NameOf(type))).ToList();
        var dependencies = types
            .SelectMany(type => type.Dependencies.Select(dependency => new Dependency(NameOf(type), NameOf(dependency.Target))))
            // A type parameter, which lies in no namespace, is nothing that a type depends on.
            .Where(dependency => dependency.From != dependency.To && dependency.To.Contains('.', StringComparison.Ordinal))
            .Distinct();
        return new Project(root, [.. types.Select(NameOf).Distinct()], [.. dependencies]);
    }

    // What the compiler makes of lambdas and iterators is nested in the type that has them; a reference to a type (&) is that type.
    private static string NameOf(IType type) => type.FullName.Split('+', '/', '<', '&', ' ')[0];
}
