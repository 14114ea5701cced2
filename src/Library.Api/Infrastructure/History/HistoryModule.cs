namespace Library.Api.Infrastructure.History;

internal static class HistoryModule
{
    public static void AddHistory(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<HistoryReader>();
        builder.Services.AddSingleton<HistoryReads>();
    }
}
