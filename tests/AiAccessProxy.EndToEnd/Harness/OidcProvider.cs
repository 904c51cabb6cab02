using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A certified OpenID provider (npm: oidc-provider) on a free port, which knows a console and the agent <c>bot</c>. <c>test.sh</c> installs it.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    public const string ConsoleSecret = "secret-of-the-console";

    private readonly ChildProcess _child;

    private OidcProvider(ChildProcess child, string issuer) => (_child, Issuer) = (child, issuer);

    /// <summary>As its tokens have it in <c>iss</c>.</summary>
    public string Issuer { get; }

    /// <param name="console">What people call the console, to which it sends them back.</param>
    public static async Task<OidcProvider> StartAsync(Uri console)
    {
        var child = ChildProcess.Start("node", [Path.Combine(Built.Root, "tests/Oidc/provider.mjs"), console.GetLeftPart(UriPartial.Authority)]);
        try
        {
            return new(child, (await child.LineAsync("http://")).Trim());
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nobody else listens there now: a provider has to be told beforehand where the console will be.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A token by which the agent <c>bot</c> proves itself (client credentials).</summary>
    public async Task<string> AgentTokenAsync(string audience)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("bot:secret-of-the-bot")));
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("resource", audience), new("scope", "call")]);
        using var answer = await client.PostAsync(new Uri($"{Issuer}/token"), form);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("access_token").GetString()!;
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();
}
