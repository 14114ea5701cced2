using Library.Hosting.Messaging;
using Library.Testing.Hosts;
using Npgsql;
using RabbitMQ.Client;

namespace Library.Bench.Measurements;

/// <summary>
/// A creation that waits for its outcome, with nothing else going on, beside the least that it could cost: a message through the same
/// queue and one back, and one commit.
/// </summary>
internal sealed class WaitLatency : IMeasurement
{
    public string Name => "wait";

    public async Task<IReadOnlyList<Result>> RunAsync(Workbench bench)
    {
        await using var service = await bench.CreateServiceAsync();
        var (api, _) = await service.StartAsync();
        var count = bench.Quick ? 100 : 300;

        await using var roundTrip = await BareRoundTrip.OpenAsync(await bench.Servers.CreateVhostAsync());
        await using (var create = service.Database.CreateCommand("create table public.bare (id uuid primary key, body text)")) await create.ExecuteNonQueryAsync();
        await using var postgres = await service.Database.OpenConnectionAsync();
        await using var insert = new NpgsqlCommand("insert into public.bare values ($1, $2)", postgres)
        {
            Parameters = { new NpgsqlParameter<Guid>(), new NpgsqlParameter<string> { TypedValue = new string('x', 100) } },
        };
        await insert.PrepareAsync();

        var sides = await bench.CompareAsync(
            async () => Figures.Median(await Figures.TimeEachAsync(count, () => CreateAsync(api))),
            async () => Figures.Median(await Figures.TimeEachAsync(count, roundTrip.RunAsync)) + Figures.Median(await Figures.TimeEachAsync(count, () =>
            {
                ((NpgsqlParameter<Guid>)insert.Parameters[0]).TypedValue = Guid.CreateVersion7();
                return insert.ExecuteNonQueryAsync();
            })));
        return [new("create with `Prefer: wait=10`, p50 at idle ÷ broker round trip + commit", "ms", sides[0], sides[1], Goal.RatioAtMost(2))];
    }

    private static async Task CreateAsync(HostProcess api)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/authors", UriKind.Relative))
        {
            Content = new StringContent("""{"name":"Ursula K. Le Guin"}""", null, "application/json"),
            Headers = { { "Prefer", "wait=10" } },
        };
        using var answer = await api.Http.SendAsync(request);
        if (answer.StatusCode != System.Net.HttpStatusCode.Created) throw new InvalidOperationException($"The creation was answered with {answer.StatusCode}.");
    }
}

/// <summary>A message through a queue like the commands' and an answer back through a transient one.</summary>
internal sealed class BareRoundTrip : IAsyncDisposable
{
    private readonly byte[] _body = new byte[1000];
    private readonly IConnection _near;
    private readonly IConnection _far;
    private IChannel? _asking;
    private TaskCompletionSource _answered = new();

    private BareRoundTrip(IConnection near, IConnection far) => (_near, _far) = (near, far);

    public static async Task<BareRoundTrip> OpenAsync(Uri vhost)
    {
        var factory = new ConnectionFactory { Uri = vhost };
        var roundTrip = new BareRoundTrip(await factory.CreateConnectionAsync(), await factory.CreateConnectionAsync());
        await roundTrip.OpenAsync();
        return roundTrip;
    }

    public async Task RunAsync()
    {
        _answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _asking!.BasicPublishAsync(CommandQueue.Name, "", mandatory: true, new BasicProperties { Persistent = true }, _body);
        await _answered.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        _asking = await _near.CreateChannelAsync();
        await CommandQueue.DeclareAsync(_asking, CancellationToken.None);
        var answers = (await _asking.QueueDeclareAsync()).QueueName;
        await _asking.ConsumeAsync(answers, autoAck: true, _ =>
        {
            _answered.TrySetResult();
            return ValueTask.CompletedTask;
        });

        var answering = await _far.CreateChannelAsync();
        await answering.ConsumeAsync(CommandQueue.Name, autoAck: false, async message =>
        {
            await answering.BasicPublishAsync("", answers, mandatory: false, new BasicProperties(), message.Body);
            await answering.BasicAckAsync(message.DeliveryTag, multiple: false);
        });
    }
}
