using Library.Api.Features.Imports.Records;
using Library.Api.Infrastructure.Http;
using Library.Api.Infrastructure.OpenApi;

namespace Library.Api.Features.Imports;

internal static class ImportsModule
{
    public static void AddImports(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ImportOptions>().Bind(builder.Configuration.GetSection(ImportOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddJsonTypes(ImportJson.Default);
        builder.Services.AddOperationDetails<ImportDetails>();
        builder.Services.AddSingleton<Transfers>();
        builder.Services.AddSingleton<RecordParser>();
        builder.Services.AddSingleton<ImportRows>();
        builder.Services.AddSingleton<ImportReader>();
        builder.Services.AddSingleton<ImportUpload>();
        builder.Services.AddSingleton<ImportAnnouncer>();
    }

    public static void MapImports(this IEndpointRouteBuilder v1)
    {
        var routes = v1.MapGroup("").WithTags("Imports");
        StartImportEndpoint.Map(routes);
        ListImportsEndpoint.Map(routes);
        GetImportEndpoint.Map(routes);
        FollowImportEndpoint.Map(routes);
        GetRefusedRecordsEndpoint.Map(routes);
        SteerImportEndpoints.Map(routes);
    }
}
