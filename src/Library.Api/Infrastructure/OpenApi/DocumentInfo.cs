using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Library.Api.Infrastructure.OpenApi;

internal sealed class DocumentInfo : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Library",
            Version = "v1",
            Description = """
                A catalog of authors and books. A command is answered 202 once the broker has it on disk: it will then be applied exactly once or
                refused with a reason, which its operation tells. Prefer: wait=N answers with the outcome instead. Whatever is not a success is
                a problem (RFC 9457), whose type leads to its description.
                """,
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        // Relative, so that the document is right under any host name.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Authors", Description = "Authors of the catalog." },
            new() { Name = "Books", Description = "Books of the catalog, each by one author or more." },
            new() { Name = "Imports", Description = "Loading authors and books in bulk, and taking them all out." },
            new() { Name = "Operations", Description = "What became of commands." },
            new() { Name = "Events", Description = "What has happened, in order, and what happens now." },
            new() { Name = "Administration", Description = "For whoever runs the service: the self-audit, and messages that were dead-lettered." },
        };
        // HEAD is GET without the body, so it is not described a second time.
        foreach (var path in document.Paths.Values) path.Operations?.Remove(HttpMethod.Head);
        return Task.CompletedTask;
    }
}
