using System.Text.Json.Serialization.Metadata;
using Library.Api.Infrastructure.Compression;
using Library.Api.Infrastructure.Http;

namespace Library.Api.Infrastructure.Reading;

/// <summary>How a resource is named, and read from its table: a row holds the state as JSON and the version beside it.</summary>
/// <param name="Name">In the singular, as operations and problems call it; also its state's name in the data of its events.</param>
/// <param name="Plural">As in paths; also its table.</param>
/// <param name="Present">Condition on the row <c>r</c>: it is in the catalog.</param>
/// <param name="State">What the state's fields are.</param>
internal sealed record ResourceType(CatalogTypes Type, string Name, string Plural, string Present, JsonTypeInfo State)
{
    public const string LastPosition = "(select seq_id from mt_events order by seq_id desc limit 1)";

    /// <summary>Names of all fields, the version last.</summary>
    public IReadOnlyList<string> Fields { get; } = [.. State.Properties.Select(property => property.Name), ResourceJson.Version];

    /// <summary>$1 = id. One row always: position of the database, version (null: not there), state.</summary>
    public string OneSql { get; } =
        $"select p.position, r.version, r.state from (select {LastPosition} as position) p left join {Plural} r on r.id = $1 and {Present}";

    /// <summary>Condition of a type whose every row is in the catalog.</summary>
    public const string Always = "true";

    public ResourceName Named(Guid id) => new(this, id);
}

/// <summary>The catalog's types, as a set.</summary>
[Flags]
internal enum CatalogTypes
{
    None = 0,
    Author = 1,
    Book = 2,
}

internal readonly record struct ResourceName(ResourceType Type, Guid Id)
{
    public string Path => $"/v1/{Type.Plural}/{Id}";
}

/// <summary>A resource as it is served.</summary>
/// <param name="Json">UTF-8.</param>
internal sealed record Representation(Guid Id, ReadOnlyMemory<byte> Json, int Version) : ICacheable
{
    public string ETag { get; } = ETags.Of(Version);

    public ServedBytes Body { get; } = new(Json);

    public int Bytes => Body.Bytes;
}
