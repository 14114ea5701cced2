using System.Text.Json.Nodes;

namespace Library.EndToEnd.ImportFiles;

/// <summary>How a file of records is written, rightly and wrongly.</summary>
internal interface IFileFormat
{
    string MediaType { get; }

    /// <summary>The first row, which is no record; null: there is none.</summary>
    string? Header { get; }

    /// <summary>A record in one of the ways in which it may be written.</summary>
    string Row(JsonObject record, Random random);

    /// <summary>All ways to be bad.</summary>
    IEnumerable<Spoiling> Spoilings { get; }

    /// <summary>What is shown of a refused row.</summary>
    bool IsShownAs(FileLine line, System.Text.Json.JsonElement shown);
}
