using Library.Subscriber;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton<LastPosition>();
builder.Services.AddMassTransit(bus =>
{
    bus.DisableUsageTelemetry();
    bus.AddConsumer<EventPrinter>();
    bus.UsingRabbitMq((context, broker) =>
    {
        broker.Host(new Uri(builder.Configuration["LIBRARY_RABBITMQ"] ?? "amqp://guest:guest@127.0.0.1:5672/"));
        broker.ReceiveEndpoint("sample-subscriber", queue =>
        {
            queue.SetQuorumQueue();
            // Library's events are plain JSON; the header MT-MessageType names their type.
            queue.UseRawJsonDeserializer();
            // One after another: the only way to see them in order.
            queue.ConcurrentMessageLimit = 1;
            queue.ConfigureConsumer<EventPrinter>(context);
        });
    });
});
await builder.Build().RunAsync();
