using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Reading;

namespace Library.Api.Features.Events;

internal static class GetEventsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead("/events", HandleAsync)
        .WithName("GetEvents")
        .WithTags("Events")
        .WithSummary("Read or follow the catalog's events")
        .WithDescription("""
            Every event of the catalog in position order, as CloudEvents 1.0 JSON. Accept: application/json is a page, from the beginning unless after
            says otherwise. application/x-ndjson is all from there to the end of what there is, a line each. text/event-stream is the live feed
            (Server-Sent Events): id is the position, event the type; from now on unless after or Last-Event-ID says after which event to resume,
            without gap or repeat.
            """)
        .Produces<FeedResponse>()
        .Answers(MediaTypes.OfEvents)
        .TakesQuery("after", "types", "limit")
        .TakesMinPosition()
        .WithMetadata(new FeedRoute())
        .Refuses(400, 503);

    private static Task<IResult> HandleAsync(FeedRequest request, HttpContext http, EventPages pages, EventLines lines, EventStream stream) => request.MediaType switch
    {
        MediaTypes.EventStream => stream.AnswerAsync(http, request),
        MediaTypes.NdJson => lines.AnswerAsync(http, request),
        _ => pages.AnswerAsync(http, request),
    };
}

internal sealed class FeedRoute;
