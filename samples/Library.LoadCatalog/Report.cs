using System.Globalization;

namespace Library.LoadCatalog;

/// <summary>Counts and rates as a table, and the verdict as an exit code.</summary>
internal static class Report
{
    public static int Write(
        IReadOnlyList<CatalogRecord> records, IReadOnlyCollection<Operation> outcomes, EventWatch events, int repeats, TimeSpan sending, TimeSpan untilLastEvent)
    {
        var succeeded = outcomes.Where(outcome => outcome.Status == "succeeded").Select(outcome => outcome.ResourceId!.Value).ToHashSet();
        var missing = events.Missing.ToHashSet();
        // By the service's own clocks: the outcomes were asked for after all was sent.
        var applying = outcomes.Max(outcome => outcome.CompletedAt!.Value) - outcomes.Min(outcome => outcome.AcceptedAt);

        Line("", "authors", "books", "all", "");
        Count("accepted", _ => true);
        Count("succeeded", record => succeeded.Contains(record.Id));
        Count("events", record => !missing.Contains(record.Id));
        Rate("accepted/s", sending);
        Rate("applied/s", applying);
        Rate("events/s", untilLastEvent);
        Line("order of events", "", "", events.Gaps == 0 ? "unbroken" : "broken", $"{events.Seen} seen, {events.Gaps} gaps, {events.Repeats} repeats ignored");
        Line("requests repeated", "", "", repeats.ToString("N0", CultureInfo.InvariantCulture), "");
        foreach (var refused in outcomes.Where(outcome => outcome.Status != "succeeded").Take(10)) Console.Error.WriteLine($"refused: {refused.ResourceId} {refused.Problem}");
        foreach (var id in missing.Take(10)) Console.Error.WriteLine($"no event: {id}");
        return succeeded.Count == records.Count && missing.Count == 0 && events.Gaps == 0 ? 0 : 1;

        void Count(string what, Func<CatalogRecord, bool> counts) => Line(
            what,
            Number(records.Count(record => record.Plural == "authors" && counts(record))),
            Number(records.Count(record => record.Plural == "books" && counts(record))),
            Number(records.Count(counts)),
            "");

        void Rate(string what, TimeSpan time) => Line(what, "", "", Number(records.Count / time.TotalSeconds), string.Create(CultureInfo.InvariantCulture, $"in {time.TotalSeconds:0.00} s"));
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static void Line(string what, string authors, string books, string all, string note) =>
        Console.WriteLine($"{what,-18}{authors,10}{books,10}{all,10}  {note}".TrimEnd());
}
