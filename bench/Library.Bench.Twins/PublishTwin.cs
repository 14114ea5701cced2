using RabbitMQ.Client;

namespace Library.Bench.Twins;

/// <summary>Publishes the request's body to an exchange, persistent and mandatory, and answers when the broker has confirmed it.</summary>
internal static class PublishTwin
{
    public static async Task MapAsync(WebApplication app)
    {
        var exchange = app.Configuration["Exchange"]!;
        var answer = System.Text.Encoding.UTF8.GetBytes(app.Configuration["Answer"]!);
        var connection = await new ConnectionFactory { Uri = new Uri(app.Configuration["RabbitMq"]!) }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync(new CreateChannelOptions(
            publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null));
        app.MapPost("/v1/authors", (RequestDelegate)(async context =>
        {
            var body = new byte[(int)context.Request.ContentLength!.Value];
            await context.Request.Body.ReadExactlyAsync(body);
            await channel.BasicPublishAsync(exchange, routingKey: "", mandatory: true, new BasicProperties { Persistent = true }, body);
            var response = context.Response;
            response.StatusCode = StatusCodes.Status202Accepted;
            response.ContentType = "application/json";
            response.ContentLength = answer.Length;
            await response.BodyWriter.WriteAsync(answer);
        }));
    }
}
