using System.Net;
using Library.Api.Infrastructure.Access;

namespace Library.Api.Tests.Infrastructure.Access;

public class LoopbackTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("::1")]
    public void Loopback_is_served_to_everybody(string address) => AccessModule.Check(new IPEndPoint(IPAddress.Parse(address), 8080), new AuthOptions());

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("10.0.0.1")]
    public void Any_other_address_is_refused_unless_allowed(string address)
    {
        var endpoint = new IPEndPoint(IPAddress.Parse(address), 8080);
        Should.Throw<InvalidOperationException>(() => AccessModule.Check(endpoint, new AuthOptions())).Message.ShouldContain("Library:Auth:AllowAnonymous");
        AccessModule.Check(endpoint, new AuthOptions { AllowAnonymous = true });
    }
}
