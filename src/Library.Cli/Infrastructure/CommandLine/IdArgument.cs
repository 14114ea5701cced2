using System.CommandLine;

namespace Library.Cli.Infrastructure.CommandLine;

/// <summary>An id on the command line.</summary>
internal static class IdArgument
{
    public static Argument<Guid?> Create(string description, bool isOptional = false) => new("id")
    {
        Description = description,
        Arity = isOptional ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        CustomParser = argument =>
        {
            if (argument.Tokens.Count == 0) return null;
            if (Guid.TryParse(argument.Tokens[0].Value, out var id)) return id;
            argument.AddError($"'{argument.Tokens[0].Value}' is no id: a UUID such as 0199a2f0-7c1b-7e4a-9a55-0d8f3c5b6e21.");
            return null;
        },
    };
}
