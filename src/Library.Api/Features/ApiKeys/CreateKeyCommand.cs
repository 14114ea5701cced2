using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Reading;
using Library.Hosting.Configuration;
using Npgsql;

namespace Library.Api.Features.ApiKeys;

/// <summary>
/// <c>Library.Api --create-key NAME --scopes admin[,…] [--expires TIME]</c>: creates a key directly in the database, prints only the key on standard
/// output and exits. This is how the first key is created. Anyone who can run it can read the connection string anyway.
/// </summary>
internal static class CreateKeyCommand
{
    private const string Option = "--create-key";

    public static bool IsAskedFor(string[] arguments) => arguments.Contains(Option);

    /// <returns>0: created; 2: wrong arguments; 3: the key could not be stored.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var body = new ApiKeyBody
        {
            Name = ValueOf(arguments, Option)!,
            Scopes = ValueOf(arguments, "--scopes")?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)!,
            ExpiresAt = ValueOf(arguments, "--expires"),
        };
        var validation = new ApiKeyBody.Validator(TimeProvider.System).Validate(body);
        if (!validation.IsValid)
        {
            foreach (var error in validation.Errors) await Console.Error.WriteLineAsync($"{error.PropertyName}: {error.ErrorMessage}");
            await Console.Error.WriteLineAsync("Use: Library.Api --create-key NAME --scopes admin[,catalog:read,…] [--expires 2031-01-31T12:00:00Z]");
            return 2;
        }

        // The command's own arguments are not settings of the host.
        var builder = WebApplication.CreateBuilder();
        builder.AddSecretFiles();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddReading();
        builder.Services.AddSingleton<ApiKeyStore>();
        await using var app = builder.Build();
        try
        {
            var made = NewApiKey.Of(body, TimeProvider.System.GetUtcNow());
            await app.Services.GetRequiredService<ApiKeyStore>().AddAsync(made.Row, CancellationToken.None);
            Console.WriteLine(made.Key);
            return 0;
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            await Console.Error.WriteLineAsync(fault is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable }
                ? "The schema is not there yet: start Library.Worker once (or Library.Worker --migrate-only), then try again."
                : $"The database did not take the key: {fault.Message}");
            return 3;
        }
    }

    private static string? ValueOf(string[] arguments, string option) =>
        Array.IndexOf(arguments, option) is >= 0 and var at && at + 1 < arguments.Length && !arguments[at + 1].StartsWith("--", StringComparison.Ordinal) ? arguments[at + 1] : null;
}
