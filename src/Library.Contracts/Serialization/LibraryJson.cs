using System.Text.Json;
using System.Text.Json.Serialization;
using Library.Contracts.Commands;
using Library.Contracts.Events;
using Library.Contracts.Imports;

namespace Library.Contracts.Serialization;

/// <summary>How Library's messages look as JSON (RFC 8259): camelCase names, no nulls, times as RFC 3339.</summary>
public static class LibraryJson
{
    /// <summary>Options for every command and event; read-only. An unknown property is ignored, since messages only ever gain some.</summary>
    public static JsonSerializerOptions Options { get; } = LibraryJsonContext.Default.Options;
}

/// <summary>Source-generated serialisers of all messages, with the options of <see cref="LibraryJson"/>.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    AllowOutOfOrderMetadataProperties = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CatalogCommand))]
[JsonSerializable(typeof(AuthorCreated))]
[JsonSerializable(typeof(AuthorUpdated))]
[JsonSerializable(typeof(AuthorDeleted))]
[JsonSerializable(typeof(AuthorRestored))]
[JsonSerializable(typeof(BookCreated))]
[JsonSerializable(typeof(BookUpdated))]
[JsonSerializable(typeof(BookDeleted))]
[JsonSerializable(typeof(BookRestored))]
[JsonSerializable(typeof(ImportCompleted))]
[JsonSerializable(typeof(AuthorRecord))]
[JsonSerializable(typeof(BookRecord))]
[JsonSerializable(typeof(AuthorState))]
[JsonSerializable(typeof(BookState))]
[JsonSerializable(typeof(IReadOnlyList<Contributor>))]
[JsonSerializable(typeof(Problem))]
public sealed partial class LibraryJsonContext : JsonSerializerContext;
