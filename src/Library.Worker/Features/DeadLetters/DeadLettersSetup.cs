using Library.Worker.Infrastructure.Storage;

namespace Library.Worker.Features.DeadLetters;

internal static class DeadLettersSetup
{
    public static void AddDeadLetters(this IServiceCollection services)
    {
        services.AddSingleton<IRetention, DeadLetterRetention>();
        services.AddHostedService<DeadLetterKeeper>();
    }
}
