using System.Net;
using FlowNexus.Engine.Http;

namespace FlowNexus.Tests.Http;

public sealed class AddressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.1.2")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("192.0.0.8")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::7f00:1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("ff02::1")]
    [InlineData("fec0::1")]
    public void Allows_NotPublic_Refuses(string address) => Assert.False(new AddressGuard(new()).AllowsAddress(IPAddress.Parse(address)));

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::200e")]
    public void Allows_Public_Accepts(string address) => Assert.True(new AddressGuard(new()).AllowsAddress(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.20.3.4", true)]
    [InlineData("10.21.0.1", false)]
    [InlineData("::ffff:10.20.3.4", true)]
    public void AllowedNetworks_OpenOnlyThemselves(string address, bool allowed) =>
        Assert.Equal(allowed, new AddressGuard(new OutboundHttpOptions { AllowedNetworks = ["10.20.0.0/16"] }).AllowsAddress(IPAddress.Parse(address)));

    [Theory]
    [InlineData("localhost", 8081, true)]
    [InlineData("localhost", 8082, false)]
    [InlineData("api.corp.example", 443, true)]
    [InlineData("corp.example", 443, false)]
    [InlineData("evilcorp.example", 443, false)]
    [InlineData("Intranet", 80, true)]
    [InlineData("::1", 80, true)]
    public void AllowedHosts_MatchExactlyOrByWildcard(string host, int port, bool allowed) =>
        Assert.Equal(allowed, new AddressGuard(new OutboundHttpOptions { AllowedHosts = ["localhost:8081", "*.corp.example", "intranet", "::1"] }).AllowsHost(host, port));

    [Fact]
    public void Options_Wrong_NameTheKeyAndTheValue()
    {
        var result = new OutboundHttpOptionsValidator().Validate(null, new OutboundHttpOptions { AllowedNetworks = ["10.0.0.0/99"], MaxRedirects = 50 });
        Assert.Equal(2, result.Failures!.Count());
        Assert.Contains(result.Failures!, failure => failure.Contains("FlowNexus:Http:AllowedNetworks holds '10.0.0.0/99'", StringComparison.Ordinal));
    }
}
