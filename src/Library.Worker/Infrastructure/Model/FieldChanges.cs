using System.Collections;
using System.Text.Json.Serialization.Metadata;

namespace Library.Worker.Infrastructure.Model;

/// <summary>Which fields differ between two states, by their JSON names. The fields are those that the serializer was generated for, so a new field is compared automatically.</summary>
internal sealed class FieldChanges<TState>(JsonTypeInfo<TState> type)
    where TState : class
{
    private readonly JsonPropertyInfo[] _fields = [.. type.Properties.Where(property => property.Get is not null)];

    public IReadOnlyList<string> Between(TState before, TState after)
    {
        List<string>? changed = null;
        foreach (var field in _fields)
            if (!Same(field.Get!(before), field.Get(after))) (changed ??= []).Add(field.Name);
        return changed ?? (IReadOnlyList<string>)[];
    }

    private static bool Same(object? one, object? other) => (one, other) switch
    {
        (null, null) => true,
        (string a, string b) => a == b,
        (IEnumerable a, IEnumerable b) => a.Cast<object>().SequenceEqual(b.Cast<object>()),
        _ => Equals(one, other),
    };
}
