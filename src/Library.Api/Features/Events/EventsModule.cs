using Library.Api.Infrastructure.OpenApi;
using Library.Hosting.Events;

namespace Library.Api.Features.Events;

internal static class EventsModule
{
    public static void AddEvents(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FeedOptions>().Bind(builder.Configuration.GetSection(FeedOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOperationDetails<FeedDetails>();
        builder.Services.AddSingleton<FeedReader>();
        builder.Services.AddSingleton<RecentEvents>();
        builder.Services.AddSingleton<FeedStreams>();
        builder.Services.AddSingleton<EventStream>();
        builder.Services.AddSingleton<EventLines>();
        builder.Services.AddSingleton<EventPages>();
        builder.Services.AddSingleton<EventSignal>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<EventSignal>());
        builder.Services.AddHostedService<EventFeed>();
    }

    public static void MapEvents(this IEndpointRouteBuilder routes) => GetEventsEndpoint.Map(routes);
}
