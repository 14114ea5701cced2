using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Library.Contracts.Commands;
using Library.Contracts.Serialization;

namespace Library.Contracts.Tests;

/// <summary>
/// The messages as they look on the wire, a file each with every field set. Messages only ever gain fields: a snapshot may gain a
/// property, and never loses or renames one.
/// </summary>
public sealed class SnapshotTests
{
    private static readonly Type[] Messages =
    [
        .. typeof(CatalogCommand).Assembly.GetExportedTypes()
            .Where(type => type.Namespace is "Library.Contracts.Commands" or "Library.Contracts.Events" && type is { IsAbstract: false, IsSealed: true })
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names => [.. Messages.Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_reads_its_snapshot_and_writes_the_same(string name)
    {
        var (type, snapshot) = Find(name);
        var message = JsonSerializer.Deserialize(snapshot.ToJsonString(), type, LibraryJson.Options);
        var written = JsonSerializer.SerializeToNode(message, Declared(type), LibraryJson.Options)!;
        JsonNode.DeepEquals(written, snapshot).ShouldBeTrue($"{name} writes\n{written}\ninstead of\n{snapshot}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_snapshot_shows_every_field(string name)
    {
        var (type, snapshot) = Find(name);
        var fields = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        snapshot.AsObject().Select(field => field.Key).Where(field => field != "kind").ShouldBe(fields, ignoreOrder: true);
    }

    [Fact]
    public void Every_snapshot_has_its_message() => Directory.EnumerateFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).ShouldBe(
        Messages.Select(type => type.FullName!["Library.Contracts.".Length..]), ignoreOrder: true);

    [Fact]
    public void A_field_of_a_later_version_is_no_obstacle()
    {
        var (type, snapshot) = Find("Library.Contracts.Events.BookCreated");
        snapshot["aFieldOfALaterVersion"] = "unknown here";
        JsonSerializer.Deserialize(snapshot.ToJsonString(), type, LibraryJson.Options).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{ "kind": "BurnAuthor" }""")]
    [InlineData("""{ "kind": "CreateAuthor" }""")]
    [InlineData("""{ "kind": "DeleteAuthor", "operationId": "x", "acceptedAt": "2026-01-02T03:04:05Z", "authorId": "0197d3a0-0000-7000-8000-00000000000a" }""")]
    public void A_command_that_is_none_is_not_read(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<CatalogCommand>(json, LibraryJson.Options));

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Snapshots");

    private static (Type Type, JsonNode Snapshot) Find(string name)
    {
        var file = Path.Combine(Folder, name["Library.Contracts.".Length..] + ".json");
        return (Messages.Single(type => type.FullName == name), JsonNode.Parse(File.ReadAllText(file))!);
    }

    /// <summary>Commands travel as their base type, which writes the kind.</summary>
    private static Type Declared(Type type) => type.IsSubclassOf(typeof(CatalogCommand)) ? typeof(CatalogCommand) : type;
}
