using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Library.Cli.Infrastructure.CommandLine;

/// <summary>An option that names a position of the catalog's events.</summary>
internal static class PositionOption
{
    public static Option<long?> Create(string name, string description) => new(name) { HelpName = "position", Description = description, CustomParser = ToPosition };

    private static long? ToPosition(ArgumentResult argument)
    {
        if (long.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return position;
        argument.AddError($"'{argument.Tokens[0].Value}' is no position: a whole number from 0 on.");
        return null;
    }
}
