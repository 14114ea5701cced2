using Library.Bench.Twins;

// The bare programs that the service is compared with: Kestrel, one endpoint, and nothing that the job does not need.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
var app = builder.Build();
app.MapGet("/health/ready", () => "ready");
switch (app.Configuration["Twin"])
{
    case null:
        break;
    case "copy":
        await CopyTwin.MapAsync(app);
        break;
    case "publish":
        await PublishTwin.MapAsync(app);
        break;
    case "read":
        ReadTwin.Map(app);
        break;
    case "list":
        ListTwin.Map(app);
        ReadTwin.Map(app);
        break;
    case "feed":
        FeedTwin.Map(app);
        break;
    case var other:
        throw new InvalidOperationException($"There is no twin {other}.");
}

await app.RunAsync();
