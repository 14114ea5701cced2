namespace Library.EndToEnd.ImportKills;

internal enum Victim
{
    Api,
    Worker,
    Broker,
    Postgres,
}

/// <summary>What is killed, and when. The same for the same seed.</summary>
/// <param name="WhileReceiving">Victims, each with the share of the file that has been sent by then.</param>
/// <param name="WhileApplying">
/// Victims, each with the event in whose transaction it is killed: while that is being written, or just after, wherever the import is by then.
/// Postgres dies with the gate that would hold what comes after, so always the former.
/// </param>
internal sealed record KillPlan(IReadOnlyList<(Victim Victim, double Sent)> WhileReceiving, IReadOnlyList<(Victim Victim, long Event, bool JustAfter)> WhileApplying)
{
    /// <summary>Share of the records; not every one makes an event, and the import must not be through before its last kill.</summary>
    private const double LastKill = 0.6;

    public static KillPlan Of(int kills, int records, Random random)
    {
        var receiving = Math.Max(1, kills / 4);
        var uploads = Enumerable.Range(0, receiving).Select(i => (i % 2 == 0 ? Victim.Api : Victim.Postgres, 0.05 + (0.9 * random.NextDouble()))).ToArray();
        var victims = Enum.GetValues<Victim>().Concat(random.GetItems(Enum.GetValues<Victim>(), kills)).Take(kills - receiving).ToArray();
        random.Shuffle(victims);
        var events = victims.Select(_ => 1 + random.NextInt64((long)(records * LastKill))).Order().ToArray();
        return new KillPlan(uploads, [.. victims.Zip(events, (victim, @event) => (victim, @event, random.Next(2) == 0 && victim != Victim.Postgres))]);
    }
}
