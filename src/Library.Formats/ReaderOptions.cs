namespace Library.Formats;

/// <summary>Bounds of reading.</summary>
public sealed record ReaderOptions
{
    /// <summary>The defaults.</summary>
    public static readonly ReaderOptions Default = new();

    /// <summary>Most bytes of one record, at least 1,024; a larger one is refused, and skipped without being gathered. Default: 8 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less.</exception>
    public int MostRecordBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1024);
            field = value;
        }
    } = 8 * 1024 * 1024;
}
