using System.Text.Json;
using Library.EndToEnd;

namespace Library.Faults;

/// <param name="Operation">Null: it follows from another event.</param>
internal sealed record StoredEvent(long Position, Guid Resource, string Type, Guid? Operation, JsonElement State)
{
    /// <summary>What the command said.</summary>
    public string? Token => State.TryGetProperty("name", out var name) || State.TryGetProperty("title", out name) ? name.GetString() : null;
}

/// <summary>Holds a whole history against what the clients know, what the store holds, what the subscriber got and what the audit finds.</summary>
internal static class HistoryCheck
{
    private const string Events = """
        select seq_id, stream_id, type, case when not headers ? 'causedBy' then (headers->>'operationId')::uuid end, (data->split_part(type, '_', 1))::text
        from mt_events where seq_id > $1 order by seq_id
        """;

    private const string NamesOfDeleted = """
        select count(*) from mt_doc_book d cross join lateral jsonb_array_elements_text(d.data->'authorIds') named (id)
        where not exists (select from mt_doc_author a where a.id = named.id::uuid)
        """;

    /// <param name="from">Position behind which the history begins.</param>
    /// <param name="probe">The resource that the recovery was seen by.</param>
    public static async Task<History> RunAsync(Cluster cluster, Load load, long from, Guid probe)
    {
        var violations = load.Violations.ToList();
        var events = (await ReadAsync(cluster, from)).Where(stored => stored.Resource != probe).ToList();
        var byOperation = events.Where(stored => stored.Operation is not null).ToLookup(stored => stored.Operation!.Value);
        var attempts = load.Attempts.ToList();
        var refused = await RefusedAsync(cluster, load);

        var lost = Told("lost", load.Acknowledged.Where(attempt => !refused.Contains(attempt.OperationId) && !byOperation.Contains(attempt.OperationId)), violations);
        var duplicated = Told("duplicated", byOperation.Where(effects => effects.Count() > 1).Select(effects => effects.Key), violations);
        var acknowledged = load.Acknowledged.Select(attempt => attempt.OperationId).ToHashSet();
        var open = attempts.Where(attempt => attempt.Known == Known.Nothing).Select(attempt => attempt.Token).ToHashSet();
        var recovered = byOperation.Where(effects => !acknowledged.Contains(effects.Key) && open.Contains(effects.First().Token)).Select(effects => effects.Key).ToHashSet();
        var unexpected = Told("unexpected", byOperation.Select(effects => effects.Key)
            .Where(operation => refused.Contains(operation) || !(acknowledged.Contains(operation) || recovered.Contains(operation))), violations);

        violations.AddRange(OutOfOrder(load, byOperation));
        violations.AddRange(WrongOutcomes(load, refused));
        violations.AddRange(WronglySubscribed(cluster, from, await ReadAsync(cluster, from)));
        violations.AddRange((await Audit.RunAsync(cluster.Apis[0])).Findings.Select(finding => $"audit: {finding}"));
        if (await cluster.Service.ScalarAsync<long>(NamesOfDeleted) is > 0 and var books) violations.Add($"{books} books name a deleted author");
        return new History("", 0, attempts.Count, acknowledged.Count, lost, duplicated, unexpected, recovered.Count, default, violations);
    }

    private static int Told<T>(string what, IEnumerable<T> found, List<string> violations)
    {
        var all = found.ToList();
        violations.AddRange(all.Select(one => $"{what}: {one}"));
        return all.Count;
    }

    /// <summary>A client's commands on one resource are applied in the order in which it had their acknowledgements.</summary>
    private static IEnumerable<string> OutOfOrder(Load load, ILookup<Guid, StoredEvent> byOperation) =>
        from sent in load.Acknowledged.Where(attempt => byOperation.Contains(attempt.OperationId)).GroupBy(attempt => (attempt.Client, attempt.Resource))
        let positions = sent.Select(attempt => (Attempt: attempt, byOperation[attempt.OperationId].First().Position)).ToList()
        from pair in positions.Zip(positions.Skip(1))
        where pair.First.Position >= pair.Second.Position && pair.First.Attempt.OperationId != pair.Second.Attempt.OperationId
        select $"order: {pair.First} was applied behind {pair.Second}";

    private static IEnumerable<string> WrongOutcomes(Load load, HashSet<Guid> refused) =>
        from attempt in load.Acknowledged
        where attempt.Waited is { } status && ((int)status >= 400 != refused.Contains(attempt.OperationId) || (int)status >= 500)
        select $"outcome: {attempt} was answered {attempt.Waited}, and is {(refused.Contains(attempt.OperationId) ? "refused" : "succeeded")} now";

    /// <summary>It has every event once, in order, with the state that the store has, and each tells the one before it.</summary>
    private static IEnumerable<string> WronglySubscribed(Cluster cluster, long from, IReadOnlyList<StoredEvent> stored)
    {
        var received = cluster.Subscriber.Events.Where(one => one.Position > from).ToList();
        if (!received.Select(one => one.Position).SequenceEqual(stored.Select(one => one.Position)))
            yield return $"subscriber: {received.Count} events came in order, {cluster.Subscriber.Late.Count(position => position > from)} too late, {stored.Count} are stored; not in order {string.Join(',', stored.Select(one => one.Position).Except(received.Select(one => one.Position)).Take(10))}";
        foreach (var (before, after) in received.Zip(received.Skip(1)).Where(pair => pair.Second.PreviousPosition != pair.First.Position))
            yield return $"subscriber: {after.Position} names {after.PreviousPosition} as the one before it, not {before.Position}";
        foreach (var (one, other) in received.Zip(stored).Where(pair => !JsonElement.DeepEquals(pair.First.State, pair.Second.State)))
            yield return $"subscriber: {one.Position} has {one.State}, the store has {other.State}";
    }

    private static async Task<HashSet<Guid>> RefusedAsync(Cluster cluster, Load load)
    {
        await using var command = cluster.Service.Database.CreateCommand("select id from operations where effect is null and id = any($1)");
        command.Parameters.Add(new() { Value = load.Acknowledged.Select(attempt => attempt.OperationId).ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        var refused = new HashSet<Guid>();
        while (await reader.ReadAsync()) refused.Add(reader.GetGuid(0));
        return refused;
    }

    private static async Task<IReadOnlyList<StoredEvent>> ReadAsync(Cluster cluster, long from)
    {
        await using var command = cluster.Service.Database.CreateCommand(Events);
        command.Parameters.Add(new() { Value = from });
        await using var reader = await command.ExecuteReaderAsync();
        var events = new List<StoredEvent>();
        while (await reader.ReadAsync())
            events.Add(new(reader.GetInt64(0), reader.GetGuid(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetGuid(3), JsonSerializer.Deserialize<JsonElement>(reader.GetString(4))));
        return events;
    }
}
