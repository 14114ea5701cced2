namespace Library.Worker.DeadLetters;

internal static class DeadLettersSetup
{
    public static void AddDeadLetters(this IServiceCollection services)
    {
        services.AddSingleton<DeadLetterRetention>();
        services.AddHostedService<DeadLetterKeeper>();
    }
}
