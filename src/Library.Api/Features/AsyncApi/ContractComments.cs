using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Library.Contracts.Serialization;

namespace Library.Api.Features.AsyncApi;

/// <summary>The contracts' own comments, from the file that the compiler puts beside their assembly.</summary>
internal static partial class ContractComments
{
    private static readonly Lazy<Dictionary<string, string>> Comments = new(Load);

    public static string? Of(Type type) => Comments.Value.GetValueOrDefault("T:" + type.FullName);

    public static string? Of(PropertyInfo property) => Comments.Value.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private static Dictionary<string, string> Load()
    {
        var file = Path.Combine(AppContext.BaseDirectory, typeof(LibraryJson).Assembly.GetName().Name + ".xml");
        return XDocument.Load(file).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => (string)member.Attribute("name")!, member => Spaces().Replace(member.Element("summary")!.Value, " ").Trim());
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
