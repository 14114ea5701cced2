using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Library.Api.Infrastructure.Http;

/// <summary>How answers look as JSON: camelCase, unset fields left out, text as it is instead of escaped (a JSON answer is no HTML).</summary>
internal static class ResponseJson
{
    public static JsonSerializerOptions Options { get; } = new(Create()) { TypeInfoResolver = JsonObjectContext.Default };

    /// <summary>For the source-generated context of a feature's answers, which becomes the only one that resolves their types.</summary>
    public static JsonSerializerOptions Create() => new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class JsonObjectContext : JsonSerializerContext;
