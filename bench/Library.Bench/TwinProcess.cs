using Library.Testing.Hosts;

namespace Library.Bench;

internal static class TwinProcess
{
    /// <summary>Starts one of the programs of Library.Bench.Twins and waits until it answers.</summary>
    public static async Task<HostProcess> StartAsync(string twin, params (string Name, string Value)[] settings)
    {
        var process = HostProcess.Start("Library.Bench.Twins", [new("Twin", twin), .. settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value))]);
        await process.WhenReadyAsync();
        return process;
    }
}
