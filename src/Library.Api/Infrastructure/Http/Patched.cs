using System.Text.Json;
using System.Text.Json.Serialization;

namespace Library.Api.Infrastructure.Http;

/// <summary>A field of a merge patch (RFC 7396): left out (the default), or set to a value, where null takes the field away.</summary>
[JsonConverter(typeof(PatchedConverterFactory))]
internal readonly record struct Patched<T>(T? Value)
{
    public bool IsSet { get; } = true;
}

internal sealed class PatchedConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Patched<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Patched<T>>
    {
        public override bool HandleNull => true;

        public override Patched<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return new((T?)JsonSerializer.Deserialize(ref reader, options.GetTypeInfo(typeof(T))));
            }
            catch (JsonException)
            {
                // Its path starts anew in here; one without a path is given that of the field.
                throw new JsonException();
            }
        }

        public override void Write(Utf8JsonWriter writer, Patched<T> value, JsonSerializerOptions options) =>
            throw new NotSupportedException("A patch is sent on as it came.");
    }
}
