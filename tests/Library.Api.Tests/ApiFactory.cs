using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.Operations;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Library.Api.Tests;

/// <summary>The API in this process, with no broker and no database: the bus and the outcomes are fakes, Postgres is an address where nothing listens.</summary>
public sealed class ApiFactory : WebApplicationFactory<Program>
{
    internal FakeCommandBus Bus { get; } = new();

    internal FakeOutcomes Outcomes { get; } = new();

    internal T Service<T>()
        where T : notnull => Services.GetRequiredService<T>();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Library:Postgres:ConnectionString", "Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        builder.UseSetting("Library:RabbitMq:Uri", "amqp://127.0.0.1:1/");
        builder.UseSetting("Library:Operations:Secret", new string('s', 32));
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<IHostedService>();
            services.AddSingleton<ICommandBus>(Bus);
            services.AddSingleton<IOutcomeReader>(Outcomes);
        });
    }

    protected override IHost CreateHost(IHostBuilder builder)
    {
        var host = base.CreateHost(builder);
        host.Services.GetRequiredService<BrokerAvailability>().MarkAvailable();
        return host;
    }
}
