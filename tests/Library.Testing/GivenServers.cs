namespace Library.Testing;

/// <summary>Servers that the environment names; they are not ours to stop.</summary>
internal sealed record GivenServers(string Postgres, Uri RabbitMq, Uri? RabbitMqManagement) : IServers
{
    /// <summary>Null: neither is named.</summary>
    public static GivenServers? Read()
    {
        var postgres = Variable("LIBRARY_TEST_POSTGRES");
        var rabbit = Variable("LIBRARY_TEST_RABBITMQ");
        if (postgres is null && rabbit is null) return null;
        if (postgres is null || rabbit is null)
            throw new InvalidOperationException("Set both LIBRARY_TEST_POSTGRES and LIBRARY_TEST_RABBITMQ, or neither to have servers started.");
        return new GivenServers(postgres, new Uri(rabbit), Variable("LIBRARY_TEST_RABBITMQ_MANAGEMENT") is { } management ? new Uri(management) : null);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
