using Library.Hosting.Storage;

namespace Library.Worker.Infrastructure.Model;

/// <summary>What dates are sorted and filtered by.</summary>
internal static class DateKeys
{
    /// <summary>Earliest day, then latest.</summary>
    public static long? Order(DateOnly? date) => DateOrder.Of(date?.DayNumber, date?.DayNumber);

    public static int? Latest(DateOnly? date) => date?.DayNumber;
}
