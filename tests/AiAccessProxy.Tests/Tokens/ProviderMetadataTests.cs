using System.Text.Json;
using AiAccessProxy.Tokens.Keys;

namespace AiAccessProxy.Tests.Tokens;

public class ProviderMetadataTests
{
    [Theory]
    [InlineData("https://login.example.com", "https://keys.example.com/k", true)]
    [InlineData("https://login.example.com", "http://127.0.0.1:8200/v1/secret", false)]
    [InlineData("https://login.example.com", "http://localhost/k", false)]
    [InlineData("https://login.example.com", "http://[::1]/k", false)]
    [InlineData("https://login.example.com", "http://keys.example.com/k", false)]
    [InlineData("https://login.example.com", "https://name:word@keys.example.com/k", false)]
    [InlineData("https://login.example.com", "/k", false)]
    [InlineData("http://localhost:9000", "http://127.0.0.1:9000/k", true)]
    [InlineData("http://localhost:9000", "https://keys.example.com/k", true)]
    [InlineData("http://localhost:9000", "http://keys.example.com/k", false)]
    public void A_provider_elsewhere_leads_nobody_to_what_listens_on_this_machine(string issuer, string address, bool isTaken)
    {
        var document = JsonSerializer.SerializeToElement(new { issuer, jwks_uri = address, token_endpoint = address, end_session_endpoint = address });
        var usual = JsonSerializer.SerializeToElement(new { issuer, jwks_uri = $"{issuer}/k", token_endpoint = address, end_session_endpoint = address });

        Assert.Equal(isTaken, ProviderMetadata.Read(document, issuer, out _) is not null);
        var rest = ProviderMetadata.Read(usual, issuer, out _)!;
        Assert.Equal((isTaken, isTaken), (rest.Token is not null, rest.EndSession is not null));
    }
}
