using System.Net.Http.Headers;
using Library.Api.Infrastructure.Access;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Library.Api.Tests.Infrastructure.Access;

/// <summary>The API with settings of access, keys in a table in memory.</summary>
internal sealed class AccessApi : IDisposable
{
    private readonly ApiFactory _factory = new();
    private readonly WebApplicationFactory<Program> _host;

    public AccessApi(string mode = "ApiKey", params (string Name, string Value)[] settings)
    {
        _host = _factory.WithWebHostBuilder(builder =>
        {
            builder.UseSetting("Library:Auth:Mode", mode);
            foreach (var (name, value) in settings) builder.UseSetting(name, value);
            builder.ConfigureTestServices(services => services.AddSingleton<IApiKeys>(Keys));
        });
    }

    public FakeApiKeys Keys { get; } = new();

    public ApiFactory Factory => _factory;

    public IServiceProvider Services => _host.Services;

    /// <param name="key">Null: none is sent.</param>
    public HttpClient Client(string? key = null)
    {
        var client = _host.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (key is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public void Dispose()
    {
        _host.Dispose();
        _factory.Dispose();
    }
}
