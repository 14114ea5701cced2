using System.Globalization;
using System.Net;
using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd.ImportKills;

/// <summary>An import while a plan of kills is carried out.</summary>
internal sealed class KilledImport(LibraryService service, PrivateServers servers, HostProcess api, HostProcess worker)
{
    private readonly List<string> _told = [];
    private HostProcess _api = api;
    private HostProcess _worker = worker;

    /// <summary>What was killed, and where the import was then.</summary>
    public IReadOnlyList<string> Told => _told;

    /// <returns>The API that runs in the end, and what it answered.</returns>
    public async Task<(HostProcess Api, Answer Accepted)> RunAsync(byte[] file, KillPlan plan)
    {
        await using var gate = new EventGate(service);
        await gate.InstallAsync();
        foreach (var (victim, sent) in plan.WhileReceiving) await KillWhileReceivingAsync(file, victim, sent);
        // Not before: what keeps it closed would die with Postgres. Nothing is applied until then.
        await gate.CloseAtAsync(plan.WhileApplying[0].Event);
        var accepted = default(Answer);
        await Eventually.HoldsAsync(async () => (accepted = await SendAsync(new ByteArrayContent(file))).Status == HttpStatusCode.Accepted, "the file is accepted", KillSettings.Patience);

        for (var i = 0; i < plan.WhileApplying.Count; i++)
        {
            var (victim, @event, justAfter) = plan.WhileApplying[i];
            await gate.UntilReachedAsync(KillSettings.Patience);
            var state = await service.ScalarAsync<string>($"select status || ', ' || applied || ' of ' || total || ' applied' from imports where id = '{accepted!.Id}'");
            state.ShouldStartWith("running");
            _told.Add($"{victim} {(justAfter ? "just after" : "at")} event {@event}: {state}");
            var next = i + 1 < plan.WhileApplying.Count ? plan.WhileApplying[i + 1].Event : long.MaxValue;
            if (justAfter) await gate.CloseAtAsync(next);
            else if (victim == Victim.Postgres) await gate.BarAsync();
            Kill(victim);
            await ReplaceAsync(victim);
            if (!justAfter) await gate.CloseAtAsync(next);
        }

        await _api.WhenReadyAsync();
        return (_api, accepted!);
    }

    /// <summary>Sends a part of the file, kills, and sends the rest into the void.</summary>
    private async Task KillWhileReceivingAsync(byte[] file, Victim victim, double sent)
    {
        for (var killed = false; !killed;)
        {
            var body = new PausedBody(file, (int)(file.Length * sent), async () =>
            {
                await Eventually.HoldsAsync(() => service.ScalarAsync<bool>("select exists (select from imports where status = 'receiving')"), "it is being received");
                killed = true;
                Kill(victim);
            });
            try
            {
                // An answer without a kill says that the try before is not known to be dead yet.
                (await SendAsync(body)).Status.ShouldNotBe(HttpStatusCode.Accepted);
            }
            catch (HttpRequestException) when (killed)
            {
                // As a client sees it.
            }
        }

        _told.Add(string.Create(CultureInfo.InvariantCulture, $"{victim} while receiving, {100 * sent:N0} % sent"));
        await ReplaceAsync(victim);
        await _api.WhenReadyAsync();
    }

    private Task<Answer> SendAsync(HttpContent body) => _api.ImportAsync(body, key: "the whole catalog");

    private void Kill(Victim victim)
    {
        switch (victim)
        {
            case Victim.Api: _api.Kill(); break;
            case Victim.Worker: _worker.Kill(); break;
            case Victim.Broker: servers.Kill("rabbitmq"); break;
            default: servers.Kill("postgres"); break;
        }
    }

    private async Task ReplaceAsync(Victim victim)
    {
        switch (victim)
        {
            case Victim.Api: _api = service.StartApi(); break;
            case Victim.Worker: _worker = service.StartWorker(); break;
            case Victim.Broker: await servers.StartAsync("rabbitmq"); break;
            default:
                await servers.StartAsync("postgres");
                // Our own connections died with it.
                service.Database.Clear();
                break;
        }
    }
}
