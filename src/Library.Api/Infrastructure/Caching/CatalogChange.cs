using System.Text.Json;
using System.Text.Json.Serialization;

namespace Library.Api.Infrastructure.Caching;

/// <summary>The part of an event, of any type, that the cache needs; the rest is ignored.</summary>
internal sealed record CatalogChange
{
    public long Position { get; init; }

    public long PreviousPosition { get; init; }

    public Changed? Author { get; init; }

    public Changed? Book { get; init; }

    internal sealed record Changed
    {
        public Guid Id { get; init; }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CatalogChange))]
internal sealed partial class CatalogChangeJson : JsonSerializerContext;
