namespace Library.Hosting.Storage;

/// <summary>The one number that dates are sorted by in an index: earliest day first, then latest.</summary>
public static class DateOrder
{
    private const int Shift = 24;

    /// <summary>Of a date with these bounds, as day numbers; null: it has no earliest day, and comes last.</summary>
    public static long? Of(int? earliest, int? latest) => earliest is { } day ? ((long)day << Shift) | (uint)Math.Min((latest ?? int.MaxValue) - (long)day, (1 << Shift) - 1) : null;

    /// <summary>The first place behind every date that begins on that day.</summary>
    public static long Behind(int day) => (day + 1L) << Shift;
}
