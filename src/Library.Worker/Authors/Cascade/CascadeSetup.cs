using MassTransit;

namespace Library.Worker.Authors.Cascade;

internal static class CascadeSetup
{
    public static void AddCascade(this IBusRegistrationConfigurator bus)
    {
        bus.AddSingleton<DeletionCascade>();
        bus.AddHostedService<CascadeSweep>();
        bus.AddConsumer<AuthorDeletionCascadeConsumer, AuthorDeletionCascadeConsumerDefinition>();
    }
}
