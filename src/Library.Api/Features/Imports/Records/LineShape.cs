using System.Text.Json;
using Library.Api.Infrastructure.Http;
using Library.Hosting.Errors;

namespace Library.Api.Features.Imports.Records;

/// <summary>
/// Detects JSON that is not one record per line: an array, or objects over several lines. Reported once for the file, since each of its lines would be
/// refused for an unhelpful reason.
/// </summary>
internal sealed class LineShape
{
    private int _rows;
    private bool _isBrace;
    private bool _isWholeArray;

    /// <param name="row">The next row; of one that is too large, its beginning.</param>
    /// <exception cref="RefusalException">The file is no NDJSON.</exception>
    public void See(ReadOnlySpan<byte> row)
    {
        if (_rows > 1) return;
        row = row.Trim(" \t"u8);
        if (_rows++ == 0)
        {
            _isBrace = row is [(byte)'{'];
            if (row is [(byte)'[', ..] && !(_isWholeArray = !IsUnfinished(row))) throw Refusal("a JSON array");
        }
        else
        {
            _isWholeArray = false;
            if (_isBrace && row is [(byte)'"' or (byte)'}', ..]) throw Refusal("JSON over several lines");
        }
    }

    /// <summary>There are no more rows.</summary>
    /// <exception cref="RefusalException">The file is no NDJSON.</exception>
    public void End()
    {
        if (_isWholeArray) throw Refusal("a JSON array");
    }

    /// <summary>What is no JSON at all is not unfinished: its line is refused as any other.</summary>
    private static bool IsUnfinished(ReadOnlySpan<byte> row)
    {
        var reader = new Utf8JsonReader(row, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
                if (reader.CurrentDepth == 0 && reader.TokenType == JsonTokenType.EndArray) return false;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static RefusalException Refusal(string what) => new(Problems.Malformed(
        $"The body is {what}, but must be NDJSON: one record a line, each a JSON object, with no brackets around and no commas between. jq -c '.[]' makes lines of an array, jq -c . of objects. Nothing is applied."));
}
