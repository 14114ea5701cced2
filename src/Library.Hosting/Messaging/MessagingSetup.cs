using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Library.Hosting.Messaging;

public static class MessagingSetup
{
    /// <summary>The AMQP heartbeat. The broker closes a silent connection after two to three of them, so a frozen worker is detected within 21 seconds.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(7);

    /// <summary>Registers the broker's client and the bus: one connection, confirmed publishing, raw-JSON events understood.</summary>
    public static IServiceCollection AddMessaging(
        this IServiceCollection services,
        IConfiguration configuration,
        Action<IBusRegistrationConfigurator>? consumers = null)
    {
        services.AddOptions<RabbitMqOptions>().Bind(configuration.GetSection(RabbitMqOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IConnectionFactory>(provider => CreateFactory(provider.GetRequiredService<IOptions<RabbitMqOptions>>().Value));
        // The host starts without a broker and connects when there is one.
        services.Configure<MassTransitHostOptions>(options => options.WaitUntilStarted = false);
        services.AddMassTransit(registration =>
        {
            registration.DisableUsageTelemetry();
            registration.SetKebabCaseEndpointNameFormatter();
            consumers?.Invoke(registration);
            registration.UsingRabbitMq((context, bus) =>
            {
                var options = context.GetRequiredService<IOptions<RabbitMqOptions>>().Value;
                bus.Host(options.Uri!, host =>
                {
                    host.Heartbeat(Heartbeat);
                    host.ContinuationTimeout(TimeSpan.FromSeconds(5));
                    host.RequestedConnectionTimeout(TimeSpan.FromSeconds(3));
                    if (BrokerTls.ValidatorOf(options.CaFile) is { } validator) host.UseSsl(ssl => ssl.CertificateValidationCallback = validator);
                });
                bus.ConfigureJsonSerializerOptions(json =>
                {
                    json.WriteIndented = false;
                    json.DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull;
                    return json;
                });
                bus.UseRawJsonDeserializer();
                ImportQueue.ConfigurePublish(bus);
                bus.ConfigureEndpoints(context);
            });
        });
        return services;
    }

    /// <summary>
    /// Connections of the broker's own client, for commands, the ordered consumers and the relay. No automatic recovery: each of them reconnects by
    /// itself, from a known state.
    /// </summary>
    public static ConnectionFactory CreateFactory(RabbitMqOptions options)
    {
        var factory = Create(options);
        if (BrokerTls.ValidatorOf(options.CaFile) is { } validator) factory.Ssl.CertificateValidationCallback = validator;
        return factory;
    }

    private static ConnectionFactory Create(RabbitMqOptions options) => new()
    {
        Uri = options.Uri!,
        AutomaticRecoveryEnabled = false,
        TopologyRecoveryEnabled = false,
        RequestedHeartbeat = Heartbeat,
        ContinuationTimeout = TimeSpan.FromSeconds(5),
        RequestedConnectionTimeout = TimeSpan.FromSeconds(3),
        ConsumerDispatchConcurrency = 1,
    };
}
