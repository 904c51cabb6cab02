using System.Collections.Concurrent;
using System.Net;
using System.Text;
using AiAccessProxy.Control.Guarding;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.EndToEnd.Planes;

namespace AiAccessProxy.EndToEnd;

/// <summary>What proves an agent opens nothing on the control plane, and what proves a person opens nothing on the agents'.</summary>
public class TwoPlanesTests(PlanesGround ground) : IClassFixture<PlanesGround>
{
    private static readonly Version[] Versions = [HttpVersion.Version11, HttpVersion.Version20];

    private static readonly string[] Inside = ["Change a thing", "thing.change", "Grace", "Hugo", "Mallory", "reviewers"];

    /// <summary>What each page and operation of the control plane that changes something is sent.</summary>
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["POST /sign-in"] = "to=/&key=x",
        ["POST /sign-out"] = "token=x",
        ["POST /tickets/{id}/votes"] = "token=x&vote=approve",
        ["POST /agents/{id}/suspend"] = "token=x&reason=x",
        ["POST /agents/{id}/resume"] = "token=x&reason=x",
        ["POST /api/messages"] = """{"type":"message","channelId":"msteams","text":"who am i"}""",
        ["POST /api/v1/tickets/{id}/votes"] = """{"vote":"approve"}""",
        ["POST /api/v1/agents/{id}/suspend"] = """{"reason":"x"}""",
        ["POST /api/v1/agents/{id}/resume"] = """{"reason":"x"}""",
        ["POST /api/v1/agents/{id}/keys"] = "{}",
        ["POST /api/v1/agents/{id}/keys/{key}/rotate"] = "{}",
        ["POST /api/v1/agents/{id}/keys/{key}/revoke"] = "{}",
        ["POST /api/v1/policy/decisions"] = """{"agent":"bot","method":"GET","path":"/things/x"}""",
    };

    [Fact]
    public async Task No_credential_of_an_agent_opens_any_endpoint_of_the_control_plane()
    {
        var endpoints = await EndpointsAsync();
        foreach (var get in endpoints.Where(one => one.Method == "GET" && one.Surface != Surface.Open)) await PassesForPersonAsync(get);
        var before = await ground.RecordedAsync();
        var (accepted, tried) = (new ConcurrentBag<string>(), 0);
        var shots = from endpoint in endpoints
                    from secret in ground.OfAgents
                    from carrier in Carrier.All
                    from version in Versions
                    where carrier.Name != "form" || (endpoint.Body is not null && !endpoint.IsJson)
                    select (endpoint, secret, carrier, version);
        await Parallel.ForEachAsync(shots, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (shot, _) =>
        {
            Interlocked.Increment(ref tried);
            using var request = RequestTo(shot.endpoint);
            shot.carrier.Put(request, shot.secret.Secret);
            using var answer = await ground.SendAsync(request, shot.version);
            if (await WhyAcceptedAsync(answer, shot.endpoint, shot.carrier.IsForKeys && shot.secret.IsKnown) is { } why)
                accepted.Add($"{shot.endpoint.Name} with {shot.secret.What} as {shot.carrier.Name} over HTTP/{shot.version}: {why}");
        });

        Assert.Empty(accepted.Order());
        await NothingHappenedAsync(before);
        TestContext.Current.TestOutputHelper?.WriteLine($"{endpoints.Count} endpoints, {tried} tries");
    }

    [Fact]
    public async Task An_agents_credential_closes_the_control_plane_to_the_person_beside_it()
    {
        var endpoints = await EndpointsAsync();
        var before = await ground.RecordedAsync();
        var accepted = new ConcurrentBag<string>();
        var shots = from endpoint in endpoints
                    from secret in ground.OfAgents.Where(one => one.IsKnown)
                    from version in Versions
                    from beside in new[] { "AiAccess-Token", "x-api-key", "api-key", "second" }
                    select (endpoint, secret, version, beside);
        await Parallel.ForEachAsync(shots, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (shot, _) =>
        {
            using var request = RequestTo(shot.endpoint);
            request.Headers.TryAddWithoutValidation("Cookie", $"__Host-ai-access={ground.Session}");
            var persons = $"Bearer {ground.World.Policies.KeyOf("mallory").Text}";
            if (shot.beside == "second") request.Headers.TryAddWithoutValidation("Authorization", [persons, $"Bearer {shot.secret.Secret}"]);
            else
            {
                request.Headers.TryAddWithoutValidation("Authorization", persons);
                request.Headers.TryAddWithoutValidation(shot.beside, shot.secret.Secret);
            }

            using var answer = await ground.SendAsync(request, shot.version);
            if (await WhyAcceptedAsync(answer, shot.endpoint, isKnown: true) is { } why)
                accepted.Add($"{shot.endpoint.Name} with {shot.secret.What} as {shot.beside} over HTTP/{shot.version}: {why}");
        });

        Assert.Empty(accepted.Order());
        await NothingHappenedAsync(before);
    }

    [Fact]
    public async Task No_credential_of_a_person_opens_anything_on_the_agent_plane()
    {
        var (before, sent) = (await ground.RecordedAsync(), ground.Upstream.Requests.Count);
        var (accepted, tried) = (new ConcurrentBag<string>(), 0);
        var shots = from endpoint in AgentSide.Endpoints(ground.Ticket)
                    from secret in ground.OfPeople
                    from carrier in Carrier.All
                    from version in Versions
                    where carrier.Name != "form"
                    select (endpoint, secret, carrier, version);
        await Parallel.ForEachAsync(shots, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (shot, _) =>
        {
            Interlocked.Increment(ref tried);
            using var request = new HttpRequestMessage(shot.endpoint.Method, new Uri(ground.World.Proxy.Agents, shot.endpoint.Target));
            shot.carrier.Put(request, shot.secret.Secret);
            using var answer = await ground.SendAsync(request, shot.version);
            var said = await Answer.OfAsync(answer);
            if (said.Said is not ("401 unknown-agent" or "403 persons-credential" or "404 unknown-route" or "400 no-single-meaning") || Inside.Any(said.Body.Contains))
                accepted.Add($"{shot.endpoint} with {shot.secret.What} as {shot.carrier.Name} over HTTP/{shot.version}: {said}");
        });

        Assert.Empty(accepted.Order());
        Assert.Equal(sent, ground.Upstream.Requests.Count);
        await NothingHappenedAsync(before);
        TestContext.Current.TestOutputHelper?.WriteLine($"{AgentSide.Endpoints("").Count()} endpoints, {tried} tries");
    }

    [Theory]
    [InlineData("Cookie", "__Host-ai-access={session}")]
    [InlineData("Cookie", "a=b; __host-ai-access=x;c=d")]
    [InlineData("Cookie", "ai-access-8081={session}")]
    [InlineData("Cookie", "__Host-ai-access-sign-in=x")]
    [InlineData("Authorization", "Bearer {key}")]
    [InlineData("Authorization", "bearer  {key}")]
    [InlineData("Authorization", "Basic {basic}")]
    [InlineData("Authorization", "Bearer x, Bearer {key}")]
    [InlineData("x-api-key", "{key}")]
    [InlineData("api-key", "{key}")]
    public async Task A_persons_credential_beside_an_agents_key_is_not_carried_on_to_the_upstream(string name, string value)
    {
        var (before, sent) = (await ground.RecordedAsync(), ground.Upstream.Requests.Count);
        var key = ground.World.Policies.KeyOf("grace").Text;
        value = value.Replace("{session}", ground.Session, StringComparison.Ordinal).Replace("{key}", key, StringComparison.Ordinal)
            .Replace("{basic}", Convert.ToBase64String(Encoding.UTF8.GetBytes($"x:{key}")), StringComparison.Ordinal);
        foreach (var version in Versions)
        {
            foreach (var (method, target) in AgentSide.Endpoints(ground.Ticket))
            {
                using var request = new HttpRequestMessage(method, new Uri(ground.World.Proxy.Agents, target));
                request.Headers.TryAddWithoutValidation("AiAccess-Token", ground.World.Policies.Bot.Text);
                request.Headers.TryAddWithoutValidation(name, value);
                using var answer = await ground.SendAsync(request, version);
                Assert.Equal("403 persons-credential", (await Answer.OfAsync(answer)).Said);
            }
        }

        Assert.Equal(sent, ground.Upstream.Requests.Count);
        await NothingHappenedAsync(before);
    }

    private async Task<IReadOnlyList<ControlEndpoint>> EndpointsAsync() => await ControlEndpoint.AllAsync(
        ground.World.Policies.Path,
        new Dictionary<string, string>
        {
            ["/tickets/{id}"] = $"/tickets/{ground.Ticket}",
            ["/agents/{id}"] = "/agents/bot",
            ["/people/{id}"] = "/people/grace",
            ["/keys/{key}"] = "/keys/own",
            ["/sign-in/local"] = "/sign-in/local?code=x",
        },
        Bodies, channels: true);

    private HttpRequestMessage RequestTo(ControlEndpoint endpoint)
    {
        var request = new HttpRequestMessage(new HttpMethod(endpoint.Method), new Uri(ground.World.Proxy.Console, endpoint.Target));
        // As if it came from a page of our own: nothing but who asks is to stand in the way.
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (endpoint.Body is { } body)
            request.Content = new StringContent(body, Encoding.UTF8, endpoint.IsJson ? "application/json" : "application/x-www-form-urlencoded");
        return request;
    }

    private async Task PassesForPersonAsync(ControlEndpoint endpoint)
    {
        using var request = RequestTo(endpoint);
        if (endpoint.IsJson) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {ground.World.Policies.KeyOf("grace").Text}");
        else request.Headers.TryAddWithoutValidation("Cookie", $"__Host-ai-access={ground.Session}");
        using var answer = await ground.SendAsync(request, HttpVersion.Version11);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{endpoint.Name}: {(int)answer.StatusCode} for a person");
    }

    /// <summary>Null when it was refused, in words that say what to do and tell nothing else.</summary>
    private static async Task<string?> WhyAcceptedAsync(HttpResponseMessage answer, ControlEndpoint endpoint, bool isKnown)
    {
        if (answer.Headers.Contains("Set-Cookie")) return "it got a cookie";
        var (status, to) = ((int)answer.StatusCode, answer.Headers.Location?.OriginalString);
        if (endpoint.Surface == Surface.Open && !isKnown && (endpoint.Method == "GET" || status is 401 or 403 or 429)) return null;
        if (isKnown ? status != 403 : status is not (401 or 403 or 429 or 303)) return $"{status}";
        if (status == 303) return to is not null && to.StartsWith("/sign-in", StringComparison.Ordinal) ? null : $"it was sent to {to}";
        var body = await answer.Content.ReadAsStringAsync();
        if (Inside.FirstOrDefault(body.Contains) is { } told) return $"it was told of {told}";
        return new[] { "agent-key", "unknown-key", "sign-in-needed", "app-token", "too-many-tries", "not-the-channel" }.Any(kind =>
            body.Contains($"data-problem=\"{kind}\"", StringComparison.Ordinal) || body.Contains($"urn:ai-access:problem:{kind}\"", StringComparison.Ordinal))
            ? null
            : $"{status} that does not say why: {body}";
    }

    private async Task NothingHappenedAsync(IReadOnlyList<Guid> before)
    {
        Assert.Equal(before, await ground.RecordedAsync());
        using var grace = new Reviewer(ground.World.Proxy.Console, "grace", ground.World.Policies.KeyOf("grace"), ground.Tls);
        Assert.Equal([ground.Ticket], await grace.PendingAsync());
    }
}
