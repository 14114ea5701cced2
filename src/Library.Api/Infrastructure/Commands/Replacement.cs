using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Library.Api.Infrastructure.Commands;

/// <summary>If-Match: * forbids a replacement to create. A patch that names every field is that very command.</summary>
internal static class Replacement
{
    public static JsonElement AsPatch<TState>(TState state, JsonTypeInfo<TState> type)
    {
        var patch = JsonSerializer.SerializeToNode(state, type)!.AsObject();
        foreach (var field in type.Properties)
            if (!patch.ContainsKey(field.Name)) patch[field.Name] = null;
        patch.Remove("id");
        return JsonElement.Parse(patch.ToJsonString());
    }
}
