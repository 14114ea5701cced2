using System.Security.Cryptography;
using System.Text;
using Library.EndToEnd.ImportKills;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

/// <summary>API, worker, broker and database are killed at random points of an upload and of its application (seeded; the size by environment variables).</summary>
public sealed class ImportKillTests(TestServers servers, ITestOutputHelper output)
{
    [Fact]
    public async Task A_killed_import_leaves_the_catalog_that_an_undisturbed_one_leaves_and_each_event_once()
    {
        var random = new Random(KillSettings.Seed);
        var before = KillFile.Before(KillSettings.Records);
        var file = KillFile.Import(KillSettings.Records, random);
        var plan = KillPlan.Of(KillSettings.Kills, KillSettings.Records, random);

        await using var undisturbed = await LibraryService.CreateAsync(servers);
        var (calm, _) = await undisturbed.StartAsync();
        await EndAsync(calm, await calm.ImportAsync(before));
        var expected = await ResultAsync(undisturbed, calm, await calm.ImportAsync(new ByteArrayContent(file)));

        await using var own = await PrivateServers.StartAsync();
        await using var service = new LibraryService(own.Postgres, own.RabbitMq);
        var (first, worker) = await service.StartAsync();
        await EndAsync(first, await first.ImportAsync(before));
        var import = new KilledImport(service, own, first, worker);
        var (api, accepted) = await import.RunAsync(file, plan);
        var result = await ResultAsync(service, api, accepted);
        foreach (var line in import.Told) output.WriteLine(line);
        output.WriteLine($"undisturbed: {expected}\nkilled:      {result}");

        result.ShouldBe(expected);
        (await Checksum.MisplacedEventsAsync(service)).ShouldBe(0);
        await Eventually.HoldsAsync(
            () => service.ScalarAsync<bool>("select position = (select max(seq_id) from mt_events) from relay_position"), "every event was relayed", KillSettings.Patience);
        (await Audit.RunAsync(api)).Findings.ShouldBeEmpty();
    }

    /// <returns>Counts, refused lines, number of events, and the checksum of the catalog.</returns>
    private static async Task<string> ResultAsync(LibraryService service, HostProcess api, Answer accepted)
    {
        var counts = await EndAsync(api, accepted);
        counts.ShouldMatch("^succeeded [1-9][0-9]*/[1-9][0-9]*/[1-9][0-9]*$");
        var refused = (await api.RefusedAsync(accepted.Id)).Select(record => (record.Line, record.Kind));
        var lines = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', refused))))[..8];
        return $"{counts}, refused lines {lines}, {await service.ScalarAsync<long>("select count(*) from mt_events")} events, rows and checksum {await Checksum.OfAsync(service)}";
    }

    private static Task<string> EndAsync(HostProcess api, Answer accepted) => api.EndOfImportAsync(accepted, KillSettings.Patience);
}
