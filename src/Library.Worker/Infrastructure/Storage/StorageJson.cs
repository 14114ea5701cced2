using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Library.Contracts.Serialization;
using Library.Hosting.Events;
using Library.Worker.Infrastructure.Storage.Documents;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>
/// JSON as stored in Marten's tables, the same whether Marten or our SQL writes it: an event's data holds its state and changed fields only,
/// since identity, place and time are columns and provenance is in the headers.
/// </summary>
internal static class StorageJson
{
    private static readonly HashSet<string> KeptElsewhere =
        ["eventId", "position", "previousPosition", "occurredAt", "operationId", "importId", "causedBy", "version"];

    public static JsonSerializerOptions Options { get; } = Make();

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(LibraryJson.Options)
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(
                LibraryJsonContext.Default.WithAddedModifier(LeaveOutWhatIsKeptElsewhere), DocumentJsonContext.Default),
            // jsonb is neither HTML nor script: text stays readable and short.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutWhatIsKeptElsewhere(JsonTypeInfo type)
    {
        if (EventType.All.All(known => known.Clr != type.Type)) return;
        foreach (var property in type.Properties.Where(property => KeptElsewhere.Contains(property.Name)))
            property.ShouldSerialize = static (_, _) => false;
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Author))]
[JsonSerializable(typeof(Book))]
internal sealed partial class DocumentJsonContext : JsonSerializerContext;
