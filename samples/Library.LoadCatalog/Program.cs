using System.Collections.Concurrent;
using System.Diagnostics;
using Library.LoadCatalog;

return await LoadOptions.RunAsync(args, LoadAsync);

static async Task<int> LoadAsync(LoadOptions options)
{
    var records = CatalogFile.Read(options.File.FullName);
    await using var events = await EventWatch.OpenAsync(options.RabbitMq, records.Select(record => record.Id));
    using var client = new CatalogClient(options);

    var started = Stopwatch.GetTimestamp();
    var accepted = await SendAsync(client, records, options.InFlight);
    var sending = Stopwatch.GetElapsedTime(started);
    var outcomes = await DecidedAsync(client, accepted, options.InFlight);
    await events.WaitAsync(options.Patience);
    return Report.Write(records, outcomes, events, client.Repeats, sending, Stopwatch.GetElapsedTime(started, events.LastArrival));
}

// A book is sent as soon as its authors' 202s are there: commands are applied in the order of their acceptance.
static async Task<IReadOnlyList<Operation>> SendAsync(CatalogClient client, IReadOnlyList<CatalogRecord> records, int inFlight)
{
    using var slots = new SemaphoreSlim(inFlight);
    var accepted = new Dictionary<Guid, Task<Operation>>();
    foreach (var record in records)
    {
        await slots.WaitAsync();
        // Authors come before their books, so each of them has a slot already, and no book waits for one that can't get any.
        var authors = record.AuthorIds.Where(accepted.ContainsKey).Select(id => accepted[id]).ToArray();
        accepted[record.Id] = SendOneAsync(record, authors);
    }

    return await Task.WhenAll(accepted.Values);

    async Task<Operation> SendOneAsync(CatalogRecord record, Task<Operation>[] authors)
    {
        try
        {
            await Task.WhenAll(authors);
            return await client.CreateAsync(record);
        }
        finally
        {
            slots.Release();
        }
    }
}

static async Task<IReadOnlyCollection<Operation>> DecidedAsync(CatalogClient client, IReadOnlyList<Operation> operations, int inFlight)
{
    var decided = new ConcurrentBag<Operation>();
    await Parallel.ForEachAsync(operations, new ParallelOptions { MaxDegreeOfParallelism = inFlight }, async (operation, _) =>
        decided.Add(await client.OutcomeAsync(operation.Id)));
    return decided;
}
