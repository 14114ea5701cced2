using Library.Testing;
using Library.Testing.Hosts;

namespace Library.EndToEnd;

public sealed class RunningLibrary(TestServers servers) : IAsyncLifetime
{
    public LibraryService Service { get; private set; } = null!;

    public HostProcess Worker { get; private set; } = null!;

    public HostProcess Api { get; private set; } = null!;

    public HostProcess OtherApi { get; private set; } = null!;

    public EventRecorder Recorder { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await LibraryService.CreateAsync(servers);
        Recorder = await EventRecorder.StartAsync(Service);
        (Api, Worker) = await Service.StartAsync();
        OtherApi = Service.StartApi();
        await OtherApi.WhenReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Recorder.DisposeAsync();
        await Service.DisposeAsync();
    }
}
