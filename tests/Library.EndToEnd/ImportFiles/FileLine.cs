using System.Text.Json.Nodes;

namespace Library.EndToEnd.ImportFiles;

/// <summary>A line of a file, or a row of CSV over several, and what must become of it.</summary>
/// <param name="What">In words, for the message of a test that fails.</param>
/// <param name="Row">Without its line end.</param>
/// <param name="Record">What is applied or, where the line is bad, what whoever mends it makes of it; null: nothing.</param>
/// <param name="Problem">Kind of the problem that it is refused with; null: it is not refused.</param>
/// <param name="Named">What the problem names: a field, a place, a reason.</param>
internal sealed record FileLine(string What, byte[] Row, JsonObject? Record, string? Problem = null, string Named = "")
{
    public static readonly FileLine Blank = new("blank", [], null);

    /// <summary>The line on which it begins; the first is 1.</summary>
    public long Number { get; init; }

    public bool IsApplied => Problem is null && Record is not null;
}
