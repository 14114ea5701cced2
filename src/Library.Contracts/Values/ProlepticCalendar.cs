namespace Library.Contracts.Values;

/// <summary>The Gregorian calendar, carried on before its beginning, for the years −9999 to 9999 counted astronomically.</summary>
internal static class ProlepticCalendar
{
    private const int DaysOfCycle = 146_097;
    private const int YearsOfCycle = 400;
    private const int CyclesBeforeYearOne = 25;

    /// <summary>Days since 0001-01-01, which is 0.</summary>
    public static int DayNumber(int year, int month, int day)
    {
        var (cycle, yearOfCycle) = Split(year);
        return new DateOnly(yearOfCycle, month, day).DayNumber + (cycle * DaysOfCycle);
    }

    public static int DaysInMonth(int year, int month) => DateTime.DaysInMonth(Split(year).YearOfCycle, month);

    // The calendar repeats after 400 years, and DateOnly knows the years 1 to 400: the rest is counted in cycles.
    private static (int Cycle, int YearOfCycle) Split(int year)
    {
        var (cycle, years) = Math.DivRem(year - 1 + (CyclesBeforeYearOne * YearsOfCycle), YearsOfCycle);
        return (cycle - CyclesBeforeYearOne, years + 1);
    }
}
