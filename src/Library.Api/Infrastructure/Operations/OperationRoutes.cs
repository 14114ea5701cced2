namespace Library.Api.Infrastructure.Operations;

internal static class OperationRoutes
{
    public static string PathOf(Guid operationId) => $"/v1/operations/{operationId}";
}
