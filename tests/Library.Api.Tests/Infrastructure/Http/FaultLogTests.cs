using System.Collections.Concurrent;
using Library.Hosting.Operations;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Library.Api.Tests.Infrastructure.Http;

public sealed class FaultLogTests(ApiFactory api) : IClassFixture<ApiFactory>
{
    [Fact]
    public async Task The_log_has_a_fault_under_the_trace_of_its_answer()
    {
        using var log = new Lines();
        api.Outcomes.Fault = new InvalidOperationException("secret");
        await using var logging = api.WithWebHostBuilder(builder => builder.ConfigureLogging(logs => logs.AddProvider(log)));
        var id = logging.Services.GetRequiredService<OperationIds>().Next();
        var answer = await logging.CreateClient().GetAsync(new Uri($"/v1/operations/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        var trace = (string?)(await answer.ShouldBeProblemAsync(500, "fault"))["traceId"];
        trace.ShouldNotBeNullOrEmpty();
        log.Written.ShouldContain(line => line.Contains(trace, StringComparison.Ordinal) && line.Contains("failed", StringComparison.Ordinal));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
