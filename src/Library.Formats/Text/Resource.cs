namespace Library.Formats.Text;

/// <summary>Tables that scripts of this repository made.</summary>
internal static class Resource
{
    /// <summary>The rows of a table, without its comments.</summary>
    public static IEnumerable<string> Rows(string name)
    {
        using var stream = typeof(Resource).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The assembly lacks its table {name}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } row)
            if (!row.StartsWith('#')) yield return row;
    }
}
