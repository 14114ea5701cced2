using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Library.Worker.Infrastructure.Model;

/// <summary>JSON merge patch (RFC 7396) of a resource's fields. Our fields are no objects, so the patch's members simply take their places.</summary>
internal static class MergePatch
{
    public static TState Apply<TState>(TState before, JsonElement patch, JsonTypeInfo<TState> type)
    {
        var target = JsonSerializer.SerializeToNode(before, type)!.AsObject();
        foreach (var member in patch.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null) target.Remove(member.Name);
            else target[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        }

        return target.Deserialize(type)!;
    }
}
