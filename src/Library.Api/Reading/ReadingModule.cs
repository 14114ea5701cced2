using Library.Api.Authors;
using Library.Api.History;
using Library.Hosting.Storage;

namespace Library.Api.Reading;

internal static class ReadingModule
{
    public static void AddReading(this WebApplicationBuilder builder)
    {
        builder.Services.AddPostgres(builder.Configuration);
        builder.Services.AddSingleton<Database>();
        builder.Services.AddSingleton<CatalogReader>();
        builder.Services.AddSingleton<MinPosition>();
        builder.Services.AddSingleton<SingleReads>();
        builder.Services.AddSingleton<PageReads>();
        builder.Services.AddSingleton<HistoryReader>();
        builder.Services.AddSingleton<HistoryReads>();
        builder.Services.AddSingleton<DeletionPreview>();
    }
}
