namespace Library.Api.Infrastructure.Lists;

internal static class ListsModule
{
    public static void AddLists(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Cursors>();
        builder.Services.AddSingleton<ListReader>();
        builder.Services.AddSingleton<ListReads>();
    }
}
