namespace Library.Api.Features.Authors;

internal static class AuthorRules
{
    public const int NameLength = 200;
    public const int BioLength = 10_000;
}
