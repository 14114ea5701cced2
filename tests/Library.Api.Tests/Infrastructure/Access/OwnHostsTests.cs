using Library.Api.Infrastructure.Access;
using Microsoft.AspNetCore.Http;

namespace Library.Api.Tests.Infrastructure.Access;

public class OwnHostsTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("localhost:8080")]
    [InlineData("LocalHost:80")]
    [InlineData("localhost.")]
    [InlineData("localhost.:8080")]
    [InlineData("library.localhost")]
    [InlineData("a.b.localhost:1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("127.8.9.10:65535")]
    [InlineData("[::1]")]
    [InlineData("[::1]:8080")]
    [InlineData("[0:0:0:0:0:0:0:1]:8080")]
    [InlineData("[::ffff:127.0.0.1]:8080")]
    public void Names_and_addresses_of_this_machine_are_its_own(string host) => OwnHosts.Include(new HostString(host), []).ShouldBeTrue(host);

    [Theory]
    [InlineData("")]
    [InlineData("evil.example")]
    [InlineData("evil.example:8080")]
    [InlineData("evil.example.")]
    [InlineData("localhost.evil.example")]
    [InlineData("evillocalhost")]
    [InlineData("localhost..")]
    [InlineData(".localhost")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("127.0.0.1.")]
    [InlineData("127.1")]
    [InlineData("127.0.0.01")]
    [InlineData("0x7f000001")]
    [InlineData("2130706433")]
    [InlineData("0.0.0.0:8080")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("[::]")]
    [InlineData("[::1%1]")]
    [InlineData("[fe80::1]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("127.0.0.1@evil.example")]
    [InlineData("127.0.0.1,evil.example")]
    [InlineData("127.0.0.1 evil.example")]
    public void Any_other_name_is_foreign(string host) => OwnHosts.Include(new HostString(host), []).ShouldBeFalse(host);

    [Theory]
    [InlineData("library.internal", true)]
    [InlineData("LIBRARY.internal:8080", true)]
    [InlineData("library.internal.", true)]
    [InlineData("10.1.2.3:80", true)]
    [InlineData("[fd00::1]:80", true)]
    [InlineData("other.internal", false)]
    [InlineData("library.internal.evil.example", false)]
    [InlineData("10.1.2.4", false)]
    public void Named_hosts_are_its_own_as_well(string host, bool own) =>
        OwnHosts.Include(new HostString(host), ["library.internal", "10.1.2.3", "fd00::1"]).ShouldBe(own);
}
