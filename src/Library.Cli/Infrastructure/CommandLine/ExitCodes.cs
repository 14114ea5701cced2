namespace Library.Cli.Infrastructure.CommandLine;

/// <summary>What a script learns from the command's end.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The service refused what was asked, or the operation that was asked for.</summary>
    public const int Refused = 1;

    /// <summary>Wrong arguments, or a file on this machine that can't be read or written.</summary>
    public const int Usage = 2;

    /// <summary>The service can't be reached, or can't do it now: the same command later may succeed.</summary>
    public const int Away = 3;

    /// <summary>The import ended, with some of its records in, or it failed or was cancelled.</summary>
    public const int Incomplete = 4;

    /// <summary>The audit found something.</summary>
    public const int Unsound = 5;

    /// <summary>The import ended, and every record of it was refused.</summary>
    public const int AllRefused = 6;

    /// <summary>Ctrl-C, by the convention of shells.</summary>
    public const int Interrupted = 130;
}
