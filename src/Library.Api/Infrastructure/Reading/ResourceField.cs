using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace Library.Api.Infrastructure.Reading;

/// <summary>A field of a resource: how it is read from its row, and written as JSON without becoming an object in between.</summary>
/// <param name="Sql">Expression over the resource's row <c>r</c>; read only where the field is asked for.</param>
internal sealed record ResourceField(string Name, string Sql, Action<Utf8JsonWriter, NpgsqlDataReader, int> WriteValue)
{
    private readonly JsonEncodedText _name = JsonEncodedText.Encode(Name);

    public static ResourceField Uuid(string name, string sql) => new(name, sql, (json, row, column) => json.WriteStringValue(row.GetGuid(column)));

    // UTF-8 from the server to the client: it is never made a string.
    public static ResourceField Text(string name, string sql) => new(name, sql, (json, row, column) => json.WriteStringValue(row.GetFieldValue<byte[]>(column)));

    public static ResourceField Integer(string name, string sql) => new(name, sql, (json, row, column) => json.WriteNumberValue(row.GetInt32(column)));

    public static ResourceField Date(string name, string sql) => new(name, sql, WriteDate);

    public static ResourceField Uuids(string name, string sql) => new(name, sql, WriteUuids);

    /// <summary>JSON that Postgres made.</summary>
    public static ResourceField Json(string name, string sql) => new(name, sql,
        (json, row, column) => json.WriteRawValue(row.GetFieldValue<byte[]>(column), skipInputValidation: true));

    /// <summary>An unset field is left out.</summary>
    public void Write(Utf8JsonWriter json, NpgsqlDataReader row, int column)
    {
        if (row.IsDBNull(column)) return;
        json.WritePropertyName(_name);
        WriteValue(json, row, column);
    }

    private static void WriteDate(Utf8JsonWriter json, NpgsqlDataReader row, int column)
    {
        Span<byte> text = stackalloc byte[10];
        row.GetFieldValue<DateOnly>(column).TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }

    private static void WriteUuids(Utf8JsonWriter json, NpgsqlDataReader row, int column)
    {
        json.WriteStartArray();
        foreach (var id in row.GetFieldValue<Guid[]>(column)) json.WriteStringValue(id);
        json.WriteEndArray();
    }
}
