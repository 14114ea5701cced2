using System.Text.Json.Serialization.Metadata;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Library.Hosting.Events;
using Library.Worker.Infrastructure.Storage.Documents;
using Marten;
using Marten.Services;
using Npgsql;

namespace Library.Worker.Infrastructure.Storage;

/// <summary>
/// Marten owns the schema of events, streams and documents, and reads, aggregates and rebuilds them. The writer writes the same tables with
/// set-based SQL, in command order, which a session does not keep (docs/adr/0004).
/// </summary>
internal static class MartenSetup
{
    public static DocumentStore CreateStore(NpgsqlDataSource postgres, string schema) => DocumentStore.For(options =>
    {
        options.Connection(postgres);
        options.DatabaseSchemaName = schema;
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.CommandTimeout = 30;
        options.Events.StreamIdentity = StreamIdentity.AsGuid;
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Events.MetadataConfig.HeadersEnabled = true;
        options.Events.UseAdvisoryLockTransaction = true;
        options.Events.AddEventTypes(EventType.All.Select(type => type.Clr));
        options.Projections.Snapshot<Author>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Book>(SnapshotLifecycle.Inline);
        var serializer = new SystemTextJsonSerializer();
        serializer.Configure(json =>
        {
            json.PropertyNamingPolicy = StorageJson.Options.PropertyNamingPolicy;
            json.DefaultIgnoreCondition = StorageJson.Options.DefaultIgnoreCondition;
            json.Encoder = StorageJson.Options.Encoder;
            json.TypeInfoResolverChain.Insert(0, StorageJson.Options.TypeInfoResolver!);
            // For types of Marten's own, such as a headers' dictionary.
            json.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
        });
        options.Serializer(serializer);
    });
}
