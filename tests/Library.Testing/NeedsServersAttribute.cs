using Xunit.v3;

namespace Library.Testing;

/// <summary>Marks tests that ask <see cref="TestServers"/> for something: <c>./test --quick</c> leaves them out.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsServersAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("needs", "servers")];
}
