using System.Diagnostics;

namespace Library.Testing;

/// <summary>A small file system in memory that a test can fill. Mounting one is a right of root's.</summary>
public sealed class SmallDisk : IDisposable
{
    private const string Size = "700m";

    private readonly string _directory;

    private SmallDisk(string directory) => _directory = directory;

    private string Filler => Path.Combine(_directory, "filler");

    /// <returns>Null: this process may not mount anything.</returns>
    public static SmallDisk? TryMount(string directory)
    {
        Directory.CreateDirectory(directory);
        return Run("mount", "-t", "tmpfs", "-o", "size=" + Size, "library-test", directory) ? new SmallDisk(directory) : null;
    }

    /// <summary>Takes all that is free but so many bytes.</summary>
    public void Fill(long left = 0)
    {
        var free = new DriveInfo(_directory).AvailableFreeSpace - left;
        // What is written meanwhile may have taken the rest.
        if (free > 0) Run("fallocate", "-l", free.ToString(System.Globalization.CultureInfo.InvariantCulture), Filler);
    }

    public void Free() => File.Delete(Filler);

    public void Dispose() => Run("umount", "--lazy", _directory);

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
