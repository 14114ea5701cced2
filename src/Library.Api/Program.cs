using Library.Api.Access;
using Library.Api.AsyncApi;
using Library.Api.Audit;
using Library.Api.Authors;
using Library.Api.Books;
using Library.Api.Caching;
using Library.Api.Commands;
using Library.Api.DeadLetters;
using Library.Api.Documents;
using Library.Api.Events;
using Library.Api.Exports;
using Library.Api.Http;
using Library.Api.Imports;
using Library.Api.OpenApi;
using Library.Api.Operations;
using Library.Api.Reading;
using Library.Hosting;
using Library.Hosting.Health;
using Microsoft.Extensions.Diagnostics.HealthChecks;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.AddTelemetry("library-api");
builder.AddAccess();
builder.AddHttp();
builder.AddReading();
builder.AddCaching();
builder.AddOperations();
builder.AddCommands();
builder.AddEvents();
builder.AddImports();
builder.AddAudit();
builder.AddDeadLetters();
builder.AddApiDocument();
// Without Postgres commands are still accepted and fresh cache entries served: degraded, so that a balancer keeps the instance.
builder.Services.AddHealthChecks()
    .AddCheck<CommandsHealthCheck>("commands", tags: ["ready"])
    .AddCheck<EvictionsHealthCheck>("cache", tags: ["ready"])
    .AddCheck<PostgresHealthCheck>("postgres", HealthStatus.Degraded, ["ready"]);

var app = builder.Build();
app.UseHttp();

var v1 = app.MapV1();
v1.MapAuthors();
v1.MapBooks();
v1.MapOperations();
v1.MapEvents();
v1.MapImports();
ExportEndpoint.Map(v1);
v1.MapAudit();
v1.MapDeadLetters();

app.MapApiDocument();
app.MapAsyncApi();
app.MapProblems();
app.MapHealth();
app.MapMetrics();
app.Run();

public partial class Program;
