using Library.Hosting.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Library.Api.Tests.Infrastructure.Access;

public sealed class SecretFilesTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"secret-{Guid.CreateVersion7():N}");

    [Theory]
    [InlineData("pass word\n", "pass word")]
    [InlineData("a=b;c\r\n", "a=b;c")]
    [InlineData(" kept ", " kept ")]
    public void A_file_holds_the_setting_and_counts_more_than_the_setting_itself(string content, string expected)
    {
        File.WriteAllText(_file, content);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Library:Operations:Secret"] = "old", ["Library:Operations:Secret:FILE"] = _file });
        builder.AddSecretFiles();
        builder.Configuration["Library:Operations:Secret"].ShouldBe(expected);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_with_its_setting()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Library:Postgres:ConnectionString:FILE"] = _file });
        var fault = Should.Throw<InvalidOperationException>(builder.AddSecretFiles);
        fault.Message.ShouldContain("Library:Postgres:ConnectionString:FILE");
        fault.Message.ShouldContain(_file);
    }

    public void Dispose() => File.Delete(_file);
}
