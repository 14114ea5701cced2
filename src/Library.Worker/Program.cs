using Library.Hosting.Configuration;
using Library.Hosting.Health;
using Library.Hosting.Messaging;
using Library.Hosting.Operations;
using Library.Hosting.Storage;
using Library.Hosting.Telemetry;
using Library.Worker;
using Library.Worker.Features.Cascades;
using Library.Worker.Features.Commands;
using Library.Worker.Features.DeadLetters;
using Library.Worker.Features.Imports;
using Library.Worker.Features.Relay;
using Library.Worker.Infrastructure.Storage;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddSecretFiles();
builder.AddTelemetry("library-worker");
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddOperations(builder.Configuration);
builder.Services.AddPostgres(builder.Configuration);
builder.Services.AddStorage();
if (args.Contains("--migrate-only"))
{
    await using var migration = builder.Build();
    await migration.Services.GetRequiredService<SchemaMigration>().RunAsync(CancellationToken.None);
    return;
}

builder.Services.AddMessaging(builder.Configuration, bus => bus.AddCascade());
builder.Services.AddWriting();
builder.Services.AddImports();
builder.Services.AddDeadLetters();
builder.Services.AddRelay();
builder.Services.AddHealthChecks()
    .AddCheck<WorkerHealthCheck>("worker", tags: ["ready"])
    .AddCheck<PostgresHealthCheck>("postgres", tags: ["ready"]);

var app = builder.Build();
app.MapHealth();
app.MapMetrics();
await app.RunAsync();
