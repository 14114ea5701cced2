using Npgsql;

namespace Library.Api.Reading;

/// <summary>How a resource is named, and read from its table.</summary>
/// <param name="Name">In the singular, as operations and problems call it.</param>
/// <param name="Plural">As in paths.</param>
/// <param name="OneSql">$1 = id.</param>
/// <param name="PageSql">$1 = the id after which the page begins (nil: at the start), $2 = how many.</param>
/// <param name="Read">The row of either statement.</param>
/// <param name="OfEvent">The resource's JSON out of the stored data of one of its events, and its version then.</param>
internal sealed record ResourceType(
    string Name, string Plural, string OneSql, string PageSql, Func<NpgsqlDataReader, Representation> Read, Func<byte[], int, ReadOnlyMemory<byte>> OfEvent)
{
    public ResourceName Named(Guid id) => new(this, id);
}

internal readonly record struct ResourceName(ResourceType Type, Guid Id)
{
    public string Path => $"/v1/{Type.Plural}/{Id}";
}

/// <summary>A resource as it is served.</summary>
/// <param name="Json">UTF-8.</param>
/// <param name="Position">Of the resource's last event.</param>
internal sealed record Representation(Guid Id, ReadOnlyMemory<byte> Json, int Version, long Position);
