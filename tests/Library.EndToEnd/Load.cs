using System.Collections.Concurrent;
using System.Net;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>Many commands in flight at once, and the check that each accepted one was applied once.</summary>
internal static class Load
{
    private const int InFlight = 64;

    /// <summary>Creates authors under ids of the client's choice, trying each again until it is accepted.</summary>
    /// <returns>Their ids.</returns>
    public static async Task<IReadOnlyCollection<Guid>> SendAsync(IReadOnlyList<HostProcess> apis, int count)
    {
        var accepted = new ConcurrentBag<Guid>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (i, _) =>
        {
            var id = Guid.CreateVersion7();
            await Eventually.HoldsAsync(
                async () => (await apis[i % apis.Count].PutAsync($"/v1/authors/{id}", new { name = $"Author {i}" })).Status == HttpStatusCode.Accepted,
                "the command is accepted");
            accepted.Add(id);
        });
        return accepted;
    }

    /// <summary>Waits until every one is there, and checks that none was applied twice and that every event arrived, in order, once those repeated late are left out.</summary>
    public static async Task AppliedOnceAsync(LibraryService service, EventRecorder recorder, IReadOnlyCollection<Guid> authors)
    {
        await Eventually.HoldsAsync(async () => await service.ScalarAsync<long>("select count(*) from authors") == authors.Count, "every author is there");
        (await service.ScalarAsync<long>("select count(*) from mt_events")).ShouldBe(authors.Count);
        (await service.ScalarAsync<long>("select count(*) from mt_doc_author")).ShouldBe(authors.Count);
        (await service.ScalarAsync<long>("select count(*) from authors where version <> 1")).ShouldBe(0);

        await recorder.UntilAsync(_ => recorder.FirstDeliveries.Count == authors.Count, "every event arrives");
        var first = recorder.FirstDeliveries;
        first.Select(e => e.Body.GetProperty("author").GetProperty("id").GetGuid()).ShouldBe(authors, ignoreOrder: true);
        first.Select(e => e.Position).ShouldBeInOrder(SortDirection.Ascending);
        foreach (var (before, after) in first.Zip(first.Skip(1))) after.PreviousPosition.ShouldBe(before.Position);
    }
}
