using Library.Cli.Infrastructure.Output;

namespace Library.Cli.Infrastructure.CommandLine;

/// <summary>
/// <c>library/config</c> in <c>$XDG_CONFIG_HOME</c> (else <c>~/.config</c>): lines <c>url=…</c> and <c>key=…</c>, <c>#</c> begins a comment. Since it
/// holds a key, nobody but its owner may read it.
/// </summary>
internal sealed record ConfigFile(string? Url, string? Key)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Null: this user has no home.</summary>
    public static string? PathOf(Terminal terminal)
    {
        var folder = terminal.Variable("XDG_CONFIG_HOME") ?? (terminal.Variable("HOME") is { } home ? Path.Combine(home, ".config") : null);
        return folder is null ? null : Path.Combine(folder, "library", "config");
    }

    /// <exception cref="IOException">Others may read it, or a line of it is none of ours.</exception>
    public static ConfigFile Read(Terminal terminal)
    {
        if (PathOf(terminal) is not { } path || !File.Exists(path)) return new ConfigFile(null, null);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0) throw new IOException($"{path} holds a key and others may read it. Mend that first: chmod 600 {path}");
        var values = new Dictionary<string, string>();
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.Split('=', 2) is not [var name, var value] || name.Trim() is not ("url" or "key")) throw new IOException($"{path} has a line that is neither url=… nor key=….");
            values[name.Trim()] = value.Trim();
        }

        return new ConfigFile(values.GetValueOrDefault("url"), values.GetValueOrDefault("key"));
    }

    /// <summary>Writes it for its owner alone, as a whole or not at all.</summary>
    /// <returns>Where.</returns>
    public string Write(Terminal terminal)
    {
        var path = PathOf(terminal) ?? throw new IOException("There is no place for a config file: set XDG_CONFIG_HOME or HOME.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        File.Delete(path + ".new");
        using (var file = new StreamWriter(path + ".new", options))
        {
            if (Url is not null) file.WriteLine($"url={Url}");
            if (Key is not null) file.WriteLine($"key={Key}");
        }

        File.Move(path + ".new", path, overwrite: true);
        return path;
    }
}
