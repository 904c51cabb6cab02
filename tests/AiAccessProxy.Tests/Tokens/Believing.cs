using AiAccessProxy.Tokens;
using AiAccessProxy.Tokens.Keys;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Tokens;

/// <summary>Somebody who believes the tests' own issuer, with a clock that is moved by hand.</summary>
internal sealed class Believing : IAsyncDisposable
{
    public const string Audience = "api://agents";

    private readonly ProviderClient _client;

    private Believing(IssuerDouble issuer)
    {
        Double = issuer;
        _client = new(Options.Create(Settings), Time);
        Providers = new(_client, Options.Create(Settings), Time);
        Refusals = new(Time, NullLogger<TokenRefusals>.Instance);
        Validation = new(Providers, Refusals, Time);
        Issuer = new("double", issuer.Url, Audience);
    }

    public TokenOptions Settings { get; } = new();

    public ManualTime Time { get; } = new();

    public IssuerDouble Double { get; }

    public Issuer Issuer { get; }

    public Providers Providers { get; }

    public TokenRefusals Refusals { get; }

    public TokenValidation Validation { get; }

    public TokenForge Forge => new(Double.Url, Audience, Time.GetUtcNow());

    public static async Task<Believing> StartAsync() => new(await IssuerDouble.StartAsync());

    public async Task<TokenOutcome> AskAsync(string token, TokenUse use = TokenUse.Access) =>
        await Validation.ValidateAsync(token, [Issuer], use, TestContext.Current.CancellationToken);

    public async Task<TokenFault?> FaultOfAsync(string token) => await AskAsync(token) is TokenOutcome.Refused(var fault, _) ? fault : null;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Double.DisposeAsync();
    }
}
