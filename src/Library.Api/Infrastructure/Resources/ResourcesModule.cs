namespace Library.Api.Infrastructure.Resources;

internal static class ResourcesModule
{
    public static void AddResources(this WebApplicationBuilder builder) => builder.Services.AddSingleton<SingleReads>();
}
