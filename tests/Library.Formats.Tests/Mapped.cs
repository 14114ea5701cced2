using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Library.Contracts.Values;
using Library.Formats.Mapping;
using Library.Formats.Marc;

namespace Library.Formats.Tests;

/// <summary>Maps records that a test writes down field by field.</summary>
internal static class Mapped
{
    public static readonly DateOnly Today = new(2026, 6, 1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new DateConverter() } };

    /// <summary>Fields as docs/marc.md writes them: <c>245 10 $aTitle.</c>, # for a blank in indicators, control fields and numbers.</summary>
    public static MarcRecord Record(params IReadOnlyList<string> fields)
    {
        var builder = new MarcRecordBuilder().Leader("00000nam a2200000 a 4500");
        var hasTitle = false;
        foreach (var field in fields)
        {
            var tag = field[..3];
            hasTitle |= tag == "245";
            if (tag == "LDR") builder.Leader(field[4..].Replace('#', ' '));
            else if (MarcField.IsControlTag(tag)) builder.Control(tag, field[4..].Replace('#', ' '));
            else Add(builder, tag, field);
        }

        if (!hasTitle) builder.Data("245", '0', '0').Sub('a', "Untitled");
        return builder.Build();
    }

    public static MappedItem Of(params IReadOnlyList<string> fields) => new MarcMapper(Today).Map(MarcItem.Of(1, Record(fields)));

    public static MappedItem Map(MarcRecord record) => new MarcMapper(Today).Map(MarcItem.Of(1, record));

    public static JsonNode ToJson(MappedItem item) => JsonSerializer.SerializeToNode(item, Json)!;

    public static string ToText(MappedItem item) => JsonSerializer.Serialize(item, Json);

    private static void Add(MarcRecordBuilder builder, string tag, string field)
    {
        builder.Data(tag, field[4] == '#' ? ' ' : field[4], field[5] == '#' ? ' ' : field[5]);
        // A dollar sign in a text stands before a digit and behind a $c: "$c$1.25".
        foreach (var part in field[7..].Replace("$c$1.25", "$c\u00011.25", StringComparison.Ordinal).Replace("/$1$", "/\u00021$", StringComparison.Ordinal).Split('$', StringSplitOptions.RemoveEmptyEntries))
            builder.Sub(part[0], part[1..].Replace('\u0001', '$').Replace('\u0002', '$').Replace('#', tag == "010" ? ' ' : '#'));
    }

    private sealed class DateConverter : JsonConverter<EdtfDate>
    {
        public override EdtfDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => EdtfDate.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, EdtfDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
    }
}
