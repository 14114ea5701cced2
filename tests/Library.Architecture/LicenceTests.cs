using System.Text.Json;
using System.Xml.Linq;

namespace Library.Architecture;

/// <summary>Every package that any project restores, in whatever way it came in, is under a licence that lets everybody use and pass it on.</summary>
public sealed class LicenceTests
{
    private static readonly string[] Free = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "Apache-2.0 OR MPL-2.0", "MS-PL", "0BSD", "ISC", "Unlicense"];

    /// <summary>Packages that bring the text of their licence instead of its name. Each text was read: MIT.</summary>
    private static readonly string[] ReadToBeFree = ["CommandLineParser/2.9.1", "Microsoft.DotNet.PlatformAbstractions/3.1.6"];

    [Fact]
    public void Every_package_is_under_a_free_licence()
    {
        var packages = Packages().ToList();
        packages.Count.ShouldBeGreaterThan(50);
        packages.Where(package => !Free.Contains(package.Licence) && !ReadToBeFree.Contains(package.Id)).Select(package => $"{package.Id}: {package.Licence}").ShouldBeEmpty();
    }

    private static IEnumerable<(string Id, string Licence)> Packages()
    {
        var seen = new HashSet<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "obj"), "project.assets.json", SearchOption.AllDirectories))
        {
            using var assets = JsonDocument.Parse(File.ReadAllText(file));
            var folders = assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
            foreach (var library in assets.RootElement.GetProperty("libraries").EnumerateObject())
            {
                if (library.Value.GetProperty("type").GetString() != "package" || !seen.Add(library.Name)) continue;
                yield return (library.Name, LicenceOf(folders, library.Value.GetProperty("path").GetString()!));
            }
        }
    }

    private static string LicenceOf(IEnumerable<string> folders, string path)
    {
        var nuspec = folders.Select(folder => Path.Combine(folder, path)).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.nuspec")).FirstOrDefault();
        if (nuspec is null) return "not restored";
        var licence = XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence is null ? "none said" : licence.Attribute("type")?.Value == "expression" ? licence.Value : "a text of its own";
    }
}
