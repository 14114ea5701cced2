namespace Library.Api.Operations;

internal static class OperationRoutes
{
    public static string PathOf(Guid operationId) => $"/v1/operations/{operationId}";
}
