using System.Security.Cryptography;
using System.Text.Json.Nodes;
using AiAccessProxy.Tokens;
using Microsoft.AspNetCore.Http;

namespace AiAccessProxy.Tests.Tokens;

public sealed class ProviderTests : IAsyncLifetime
{
    private Believing _here = null!;

    public async ValueTask InitializeAsync() => _here = await Believing.StartAsync();

    public ValueTask DisposeAsync() => _here.DisposeAsync();

    [Fact]
    public async Task Keys_are_fetched_once_and_kept()
    {
        for (var call = 0; call < 20; call++) Assert.Null(await _here.FaultOfAsync(_here.Forge.Token()));

        Assert.Equal(1, _here.Double.Fetches);
    }

    [Fact]
    public async Task Two_hundred_tokens_at_once_make_one_fetch()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => _here.FaultOfAsync(_here.Forge.Token()))));

        Assert.All(all, fault => Assert.Null(fault));
        Assert.Equal(1, _here.Double.Fetches);
    }

    [Fact]
    public async Task Two_hundred_unknown_key_ids_at_once_make_one_fetch_and_no_more_before_its_time()
    {
        Assert.Null(await _here.FaultOfAsync(_here.Forge.Token()));
        _here.Time.Advance(_here.Settings.FetchAtMost);

        await FloodAsync();
        Assert.Equal(2, _here.Double.Fetches);

        _here.Time.Advance(_here.Settings.FetchAtMost - TimeSpan.FromTicks(1));
        await FloodAsync();
        Assert.Equal(2, _here.Double.Fetches);

        _here.Time.Advance(TimeSpan.FromTicks(1));
        await FloodAsync();
        Assert.Equal(3, _here.Double.Fetches);

        async Task FloodAsync()
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
                Task.Run(() => _here.FaultOfAsync(_here.Forge.Token(header: head => head["kid"] = $"unknown-{number}")))));
            Assert.All(all, fault => Assert.Equal(TokenFault.UnknownKey, fault));
        }
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_found_and_one_that_it_withdrew_is_not()
    {
        Assert.Null(await _here.FaultOfAsync(_here.Forge.Token()));
        using var next = RSA.Create(2048);
        _here.Double.Keys = [SigningKeys.Public(next, "key-2")];
        _here.Time.Advance(_here.Settings.FetchAtMost);

        Assert.Null(await _here.FaultOfAsync(By(next)));
        Assert.Equal(TokenFault.UnknownKey, await _here.FaultOfAsync(_here.Forge.Token()));
        Assert.Equal(2, _here.Double.Fetches);

        string By(RSA key)
        {
            var header = TokenForge.Header();
            header["kid"] = "key-2";
            return TokenForge.Raw(header.ToJsonString(), _here.Forge.Claims().ToJsonString(), bytes => TokenForge.Sign("RS256", bytes, key));
        }
    }

    [Fact]
    public async Task A_withdrawn_key_is_forgotten_when_keys_are_old()
    {
        Assert.Null(await _here.FaultOfAsync(_here.Forge.Token()));
        _here.Double.Keys = [SigningKeys.Public("ES256")];

        _here.Time.Advance(_here.Settings.KeyAge);

        Assert.Equal(TokenFault.UnknownKey, await _here.FaultOfAsync(_here.Forge.Token()));
    }

    [Fact]
    public async Task Old_keys_serve_while_the_issuer_is_down_and_not_for_ever()
    {
        Assert.Null(await _here.FaultOfAsync(_here.Forge.Token()));
        _here.Double.OnMetadata = context => Status(context, 503);

        _here.Time.Advance(_here.Settings.KeepKeys - TimeSpan.FromTicks(1));
        Assert.Null(await _here.FaultOfAsync(_here.Forge.Token()));

        _here.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(TokenFault.NoKeys, await _here.FaultOfAsync(_here.Forge.Token()));
    }

    [Fact]
    public async Task An_issuer_that_is_down_is_asked_once_in_a_while_and_refusals_say_why()
    {
        _here.Double.OnMetadata = context => Status(context, 503);
        for (var call = 0; call < 20; call++)
        {
            var refused = Assert.IsType<TokenOutcome.Refused>(await _here.AskAsync(_here.Forge.Token()));
            Assert.Equal((TokenFault.NoKeys, true), (refused.Fault, refused.Reason.EndsWith("answered 503", StringComparison.Ordinal)));
        }

        Assert.Equal(1, _here.Double.Fetches);
        _here.Double.OnMetadata = null;
        _here.Time.Advance(_here.Settings.FetchAtMost);
        Assert.Null(await _here.FaultOfAsync(_here.Forge.Token()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_issuer_that_does_not_answer_is_waited_for_only_so_long(bool isMetadata)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Func<HttpContext, Task> stall = async context =>
        {
            asked.TrySetResult();
            var gone = new TaskCompletionSource();
            using var leaving = context.RequestAborted.Register(() => gone.TrySetResult());
            await gone.Task;
        };
        if (isMetadata) _here.Double.OnMetadata = stall;
        else _here.Double.OnKeys = stall;

        var answer = _here.AskAsync(_here.Forge.Token());
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(answer.IsCompleted);
        _here.Time.Advance(_here.Settings.Timeout);

        Assert.EndsWith("did not answer within 5 s", Assert.IsType<TokenOutcome.Refused>(await answer).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_leaves_while_keys_are_fetched_breaks_nothing_off_for_others()
    {
        var (asked, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _here.Double.OnKeys = async context =>
        {
            asked.TrySetResult();
            await go.Task;
            await context.Response.WriteAsync(new JsonObject { ["keys"] = SigningKeys.Shown() }.ToJsonString());
        };
        using var leaving = new CancellationTokenSource();
        var first = _here.Validation.ValidateAsync(_here.Forge.Token(), [_here.Issuer], TokenUse.Access, leaving.Token).AsTask();
        await asked.Task;
        var second = _here.AskAsync(_here.Forge.Token());

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        go.SetResult();

        Assert.IsType<TokenOutcome.Proven>(await second);
        Assert.Equal(1, _here.Double.Fetches);
    }

    [Theory]
    [InlineData("metadata is HTML", "did not answer one JSON object")]
    [InlineData("metadata is huge", "answered more than 512 KiB")]
    [InlineData("metadata redirects", "answered 302")]
    [InlineData("metadata of another issuer", "its metadata is another issuer's")]
    [InlineData("metadata without an issuer", "its metadata is another issuer's")]
    [InlineData("keys by plain http", "its metadata names no https address of its keys")]
    [InlineData("keys by file", "its metadata names no https address of its keys")]
    [InlineData("keys of nowhere", "its metadata names no https address of its keys")]
    [InlineData("issuer twice", "did not answer one JSON object")]
    [InlineData("keys are HTML", "did not answer one JSON object")]
    [InlineData("keys are huge", "answered more than 512 KiB")]
    [InlineData("keys redirect", "answered 302")]
    [InlineData("keys are gone", "answered 404")]
    [InlineData("keys break off", "could not be asked")]
    [InlineData("keys are a list", "did not answer one JSON object")]
    [InlineData("no keys", "its key set has no keys")]
    [InlineData("an empty set", "its key set has no key that signatures are checked with here")]
    [InlineData("a text as key", "its key set holds something that is no key")]
    [InlineData("too many keys", "its key set has more than 100 keys")]
    [InlineData("a private key", "its key set shows a secret key, with which anybody could sign")]
    [InlineData("a shared secret", "its key set shows a secret key, with which anybody could sign")]
    [InlineData("keys for encryption", "its key set has no key that signatures are checked with here")]
    [InlineData("a short key", "its key set has no key that signatures are checked with here")]
    [InlineData("a key of exponent 1", "its key set has no key that signatures are checked with here")]
    [InlineData("a point off its curve", "its key set has no key that signatures are checked with here")]
    [InlineData("a curve of others", "its key set has no key that signatures are checked with here")]
    public async Task An_issuer_that_lies_is_not_believed_and_the_refusal_says_why(string lie, string why)
    {
        Lie(_here.Double, lie);

        var refused = Assert.IsType<TokenOutcome.Refused>(await _here.AskAsync(_here.Forge.Token()));

        Assert.Equal(TokenFault.NoKeys, refused.Fault);
        Assert.Contains(why, refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", refused.Reason, StringComparison.Ordinal);
    }

    private static void Lie(IssuerDouble issuer, string lie)
    {
        var rsa = SigningKeys.Public(SigningKeys.Rsa, TokenForge.Kid);
        switch (lie)
        {
            case "metadata is HTML": issuer.OnMetadata = context => context.Response.WriteAsync("<html>evil</html>"); break;
            case "metadata is huge": issuer.OnMetadata = context => context.Response.WriteAsync(new string(' ', 600 * 1024)); break;
            case "metadata redirects": issuer.OnMetadata = context => Elsewhere(context, $"{issuer.Url}/keys"); break;
            case "metadata of another issuer": issuer.Metadata = document => document["issuer"] = "https://evil.example"; break;
            case "metadata without an issuer": issuer.Metadata = document => document.Remove("issuer"); break;
            case "keys by plain http": issuer.Metadata = document => document["jwks_uri"] = "http://evil.example/keys"; break;
            case "keys by file": issuer.Metadata = document => document["jwks_uri"] = "file:///etc/passwd"; break;
            case "keys of nowhere": issuer.Metadata = document => document.Remove("jwks_uri"); break;
            case "issuer twice": issuer.OnMetadata = context => context.Response.WriteAsync($$"""{"issuer":"{{issuer.Url}}","jwks_uri":"{{issuer.Url}}/keys","issuer":"{{issuer.Url}}"}"""); break;
            case "keys are HTML": issuer.OnKeys = context => context.Response.WriteAsync("<html>evil</html>"); break;
            case "keys are huge": issuer.OnKeys = context => context.Response.WriteAsync(new string(' ', 600 * 1024)); break;
            case "keys redirect": issuer.OnKeys = context => Elsewhere(context, "https://evil.example/keys"); break;
            case "keys are gone": issuer.OnKeys = context => Status(context, 404); break;
            case "keys break off":
                issuer.OnKeys = async context =>
            {
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("{");
                await context.Response.Body.FlushAsync();
                context.Abort();
            }; break;
            case "keys are a list": issuer.OnKeys = context => context.Response.WriteAsync("[]"); break;
            case "no keys": issuer.OnKeys = context => context.Response.WriteAsync("{}"); break;
            case "an empty set": issuer.Keys = []; break;
            case "a text as key": issuer.Keys = ["evil"]; break;
            case "too many keys": issuer.Keys = [.. Enumerable.Range(0, 101).Select(_ => rsa.DeepClone())]; break;
            case "a private key": issuer.Keys = [With(rsa, "d", "AQAB")]; break;
            case "a shared secret": issuer.Keys = [rsa, new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }]; break;
            case "keys for encryption": issuer.Keys = [With(rsa, "use", "enc")]; break;
            case "a short key": issuer.Keys = [Short()]; break;
            case "a key of exponent 1": issuer.Keys = [With(rsa, "e", "AQ")]; break;
            case "a point off its curve": issuer.Keys = [With(SigningKeys.Public("ES256"), "x", SigningKeys.Public("ES256")["y"]!.GetValue<string>())]; break;
            case "a curve of others": issuer.Keys = [With(SigningKeys.Public("ES256"), "crv", "secp256k1")]; break;
            default: throw new ArgumentException(lie, nameof(lie));
        }
    }

    private static JsonObject With(JsonObject key, string name, string value)
    {
        key[name] = value;
        return key;
    }

    private static JsonObject Short()
    {
        using var weak = RSA.Create(1024);
        return SigningKeys.Public(weak, TokenForge.Kid);
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Elsewhere(HttpContext context, string address)
    {
        context.Response.Redirect(address);
        return Task.CompletedTask;
    }
}
