using Library.Api.Infrastructure.Http;

namespace Library.Api.Features.DeadLetters;

internal static class DeadLettersModule
{
    public static void AddDeadLetters(this WebApplicationBuilder builder) => builder.Services
        .AddJsonTypes(DeadLetterJson.Default)
        .AddSingleton<DeadLetterStore>();

    public static void MapDeadLetters(this IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Administration");
        ListDeadLettersEndpoint.Map(routes);
        ReplayDeadLetterEndpoint.Map(routes);
        DiscardDeadLetterEndpoint.Map(routes);
    }
}
