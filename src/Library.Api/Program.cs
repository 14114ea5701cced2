using Library.Api.Features.ApiKeys;
using Library.Api.Features.AsyncApi;
using Library.Api.Features.Audit;
using Library.Api.Features.Authors;
using Library.Api.Features.Books;
using Library.Api.Features.DeadLetters;
using Library.Api.Features.Documents;
using Library.Api.Features.Events;
using Library.Api.Features.Exports;
using Library.Api.Features.Imports;
using Library.Api.Features.Operations;
using Library.Api.Infrastructure.Access;
using Library.Api.Infrastructure.Caching;
using Library.Api.Infrastructure.Commands;
using Library.Api.Infrastructure.History;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.Lists;
using Library.Api.Infrastructure.OpenApi;
using Library.Api.Infrastructure.Operations;
using Library.Api.Infrastructure.Reading;
using Library.Api.Infrastructure.Resources;
using Library.Hosting.Configuration;
using Library.Hosting.Health;
using Library.Hosting.Operations;
using Library.Hosting.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

if (CreateKeyCommand.IsAskedFor(args)) return await CreateKeyCommand.RunAsync(args);

var builder = WebApplication.CreateBuilder(args);
builder.AddSecretFiles();
builder.Services.AddSingleton(TimeProvider.System);
builder.AddTelemetry("library-api");
builder.AddAccess();
builder.AddHttp();
builder.AddApiDocument();
builder.AddReading();
builder.AddCaching();
builder.AddLists();
builder.AddHistory();
builder.AddResources();
builder.AddOperations();
builder.AddCommands();
builder.AddAuthors();
builder.AddBooks();
builder.AddEvents();
builder.AddImports();
builder.AddExports();
builder.AddAudit();
builder.AddDeadLetters();
builder.AddApiKeys();
// Without Postgres, commands are still accepted and fresh cache entries served: degraded, so that a load balancer keeps the instance.
builder.Services.AddHealthChecks()
    .AddCheck<CommandsHealthCheck>("commands", tags: ["ready"])
    .AddCheck<EvictionsHealthCheck>("cache", tags: ["ready"])
    .AddCheck<PostgresHealthCheck>("postgres", HealthStatus.Degraded, ["ready"]);

var app = builder.Build();
app.UseEdge();
app.UseHttp();
app.UseAccess();
app.UseRequestRules();
app.UseCommands();

var routes = app.MapScoped();
var v1 = routes.MapV1();
v1.MapAuthors();
v1.MapBooks();
GetOperationEndpoint.Map(v1);
v1.MapEvents();
v1.MapImports();
v1.MapExports();
v1.MapAudit();
v1.MapDeadLetters();
v1.MapApiKeys();

routes.MapApiDocument();
routes.MapAsyncApi();
routes.MapProblems();
routes.MapHealth(Operators.MaySee);
routes.MapMetrics();
app.Run();
return 0;

public partial class Program;
