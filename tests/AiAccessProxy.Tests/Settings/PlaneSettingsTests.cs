using AiAccessProxy.Settings;

namespace AiAccessProxy.Tests.Settings;

public class PlaneSettingsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080", null, null)]
    [InlineData("http://localhost:0", "https://api.example.com", null)]
    [InlineData("http://[::1]:8080", "http://api.example.com:8080/", null)]
    [InlineData("https://0.0.0.0:443", "https://api.example.com:8443", "c.pem")]
    [InlineData("https://[::]", null, "c.pem")]
    public void What_a_plane_can_be_is_taken(string url, string? publicUrl, string? certificate) => Assert.Empty(Problems(url, publicUrl, certificate));

    [Theory]
    [InlineData("127.0.0.1:8080", null, null, "gate:url: '127.0.0.1:8080' is no http or https URL; write it like http://127.0.0.1:1")]
    [InlineData("", null, null, "gate:url: '' is no http or https URL; write it like http://127.0.0.1:1")]
    [InlineData("http://api.example.com", null, null, "gate:url: 'api.example.com' is no address to listen on; write an IP address, and the name that others use as gate:publicUrl")]
    [InlineData("http://127.0.0.1/api", null, null, "gate:url: 'http://127.0.0.1/api' is more than an address to listen on; write it like http://127.0.0.1:1")]
    [InlineData("http://me@127.0.0.1", null, null, "gate:url: 'http://me@127.0.0.1' is more than an address to listen on; write it like http://127.0.0.1:1")]
    [InlineData("https://127.0.0.1", null, null, "gate:certificate: gate:url is https://127.0.0.1, so name the PEM file of its certificate")]
    [InlineData("http://127.0.0.1", null, "c.pem", "gate:certificate: gate:url is http://127.0.0.1, which shows no certificate; write it with https")]
    [InlineData("http://127.0.0.1", "api.example.com", null, "gate:publicUrl: 'api.example.com' is no http or https URL; write it like https://ai-access.example.com")]
    [InlineData("http://127.0.0.1", "https://api.example.com/ai?x#y", null, "gate:publicUrl: 'https://api.example.com/ai?x#y' is more than a name; the plane has a name of its own and answers at its root: write it like https://api.example.com")]
    [InlineData("https://127.0.0.1", "http://api.example.com", "c.pem", "gate:publicUrl: 'http://api.example.com' leaves out the TLS that gate:url speaks; write it with https")]
    public void What_it_cannot_be_is_told_with_what_would_be_right(string url, string? publicUrl, string? certificate, string said) =>
        Assert.Equal([said], Problems(url, publicUrl, certificate));

    private static IEnumerable<string> Problems(string url, string? publicUrl, string? certificate) =>
        new PlaneSettings("gate", url, publicUrl, certificate, null, "http://127.0.0.1:1").Problems();
}
