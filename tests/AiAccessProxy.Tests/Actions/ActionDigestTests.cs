using System.Text.Json;
using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Tests.Actions;

public class ActionDigestTests
{
    private static readonly HeaderField[] Sent = [new("Content-Type", "application/json"), new("X-Env", "prod"), new("X-Env", "test")];

    public static TheoryData<string> Parts =>
    [
        "agent", "on behalf of", "on behalf of nobody", "route", "scheme", "host", "port", "credential", "no credential", "method", "target", "query", "header value",
        "header name", "header gone", "header more", "order of repeated headers", "body", "body longer", "no body", "body streamed",
    ];

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_change_of_any_part_that_is_sent_changes_the_digest(string part) =>
        Assert.NotEqual(Digest(), part switch
        {
            "agent" => Digest(caller: Some.Caller("other-bot", "joan")),
            "on behalf of" => Digest(caller: Some.Caller(onBehalfOf: "ada")),
            "on behalf of nobody" => Digest(caller: Some.Caller(onBehalfOf: null)),
            "route" => Digest(route: "other"),
            "scheme" => Digest(origin: "http://payments.test:443"),
            "host" => Digest(origin: "https://payments.test2"),
            "port" => Digest(origin: "https://payments.test:8443"),
            "credential" => Digest(credential: Some.Credential("test")),
            "no credential" => Digest(hasCredential: false),
            "method" => Digest(method: "PUT"),
            "target" => Digest(target: "/v1/charges/?a=1"),
            "query" => Digest(target: "/v1/charges?a=%31"),
            "header value" => Digest(headers: [Sent[0], Sent[1], new("X-Env", "Test")]),
            "header name" => Digest(headers: [Sent[0], Sent[1], new("X-Env2", "test")]),
            "header gone" => Digest(headers: Sent[..2]),
            "header more" => Digest(headers: [.. Sent, new("X-More", "")]),
            "order of repeated headers" => Digest(headers: [Sent[0], Sent[2], Sent[1]]),
            "body" => Digest(body: Some.Body("{\"a\":2}")),
            "body longer" => Digest(body: Some.Body("{\"a\":1} ")),
            "no body" => Digest(body: new ActionBody.None()),
            "body streamed" => Digest(body: new ActionBody.Streamed(7)),
            _ => throw new ArgumentOutOfRangeException(nameof(part)),
        });

    [Fact]
    public void What_is_not_sent_or_means_nothing_leaves_the_digest_alone()
    {
        Assert.Equal(Digest(), Digest());
        Assert.Equal(Digest(), Digest(headers: [Sent[1], Sent[2], Sent[0]]));
        Assert.Equal(Digest(), Digest(headers: [new("content-type", "application/json"), new("x-env", "prod"), new("X-ENV", "test")]));
        Assert.Equal(Digest(), Digest(headers: [Sent[0], new("X-Env", "prod, test")])); // repeated fields go out as one line
        Assert.Equal(Digest(), Digest(headers: [.. Sent, new("authorization", "the agent's own, which the credential replaces")]));
        Assert.Equal(Digest(), Digest(caller: Some.Caller(onBehalfOf: "joan") with { AuthenticatedBy = "key:other" }));
        Assert.Equal(Digest(body: new ActionBody.None()), Digest(body: Some.Body("")));
        Assert.Equal(Digest(body: new ActionBody.Streamed(7)), Digest(body: new ActionBody.Streamed(null)));
    }

    [Theory]
    [InlineData("Date")]
    [InlineData("User-Agent")]
    [InlineData("X-Stainless-Retry-Count")]
    [InlineData("x-stainless-anything")]
    [InlineData("amz-sdk-request")]
    [InlineData("amz-sdk-invocation-id")]
    [InlineData("X-Amz-Date")]
    [InlineData("x-ms-client-request-id")]
    [InlineData("Idempotency-Key")]
    [InlineData("traceparent")]
    [InlineData("x-of-the-route")]
    public void A_volatile_header_does_not_enter_unless_a_rule_reads_it(string name)
    {
        var plan = Some.Plan(unstable: ["x-of-the-route"]);
        HeaderField[] one = [.. Sent, new(name, "1")], two = [.. Sent, new(name, "2")];
        Assert.Equal(Digest(headers: one, plan: plan), Digest(headers: two, plan: plan));
        Assert.Equal(Digest(plan: plan), Digest(headers: one, plan: plan));

        var read = Some.Plan(unstable: ["x-of-the-route"], stable: [name.ToLowerInvariant()]);
        Assert.NotEqual(Digest(headers: one, plan: read), Digest(headers: two, plan: read));
    }

    [Theory]
    [InlineData("X-Amz-Target")]
    [InlineData("amz-sd")]
    [InlineData("x-stainless")]
    [InlineData("X-Date")]
    [InlineData("If-Match")]
    [InlineData("Content-Type")]
    [InlineData("X-HTTP-Method-Override")]
    public void A_header_that_only_resembles_a_volatile_one_enters(string name) =>
        Assert.NotEqual(Digest(headers: [new(name, "1")]), Digest(headers: [new(name, "2")]));

    [Fact]
    public void The_list_of_volatile_headers_is_in_lower_case_and_says_nothing_twice()
    {
        Assert.All(VolatileHeaders.Standard, name => Assert.Equal(name.ToLowerInvariant(), name));
        Assert.Distinct(VolatileHeaders.Standard);
    }

    [Fact]
    public void Two_actions_share_a_digest_exactly_when_they_are_the_same()
    {
        // From few and treacherous pieces, so that equal actions are common and different ones differ only in where one part ends.
        var random = new Random(5);
        string[] pieces = ["", "a", "b", "ab", "aa", "a\0b", "\0", "1"];
        string Piece() => pieces[random.Next(pieces.Length)];
        var (byDigest, byMeaning) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        var runs = Some.Runs(40_000);
        for (var run = 0; run < runs; run++)
        {
            var headers = Enumerable.Range(0, random.Next(3)).Select(_ => new HeaderField("x" + Piece(), Piece())).ToArray();
            var (agent, onBehalfOf, route, target) = (Piece(), random.Next(2) == 0 ? null : Piece(), Piece(), random.Next(2) == 0 ? "/" : "/a");
            var credential = random.Next(2) == 0 ? null : Some.Credential(Piece());
            ActionBody body = random.Next(3) switch { 0 => new ActionBody.None(), 1 => new ActionBody.Streamed(3), _ => Some.Body(Piece()) };

            var digest = Digest(
                new(new(agent, "ada", []), onBehalfOf, "key:k"), route, credential: credential, hasCredential: credential is not null, target: target, headers: headers, body: body);
            var meaning = JsonSerializer.Serialize(new
            {
                agent,
                onBehalfOf,
                route,
                target,
                credential = credential?.Id,
                headers = headers.OrderBy(header => header.Name, StringComparer.Ordinal).Select(header => new[] { header.Name, header.Value }),
                body = body is ActionBody.Streamed ? "streamed" : "=" + Convert.ToHexString(body is ActionBody.Whole whole ? whole.Bytes.Span : []),
            });
            Assert.Equal(byDigest.GetValueOrDefault(digest, meaning), meaning);
            Assert.Equal(byMeaning.GetValueOrDefault(meaning, digest), digest);
            (byDigest[digest], byMeaning[meaning]) = (meaning, digest);
        }

        Assert.InRange(byDigest.Count, runs / 10, runs * 9 / 10); // both equal and different ones were made
    }

    private static string Digest(
        Caller? caller = null,
        string route = "payments",
        string origin = "https://payments.test",
        UpstreamCredential? credential = null,
        bool hasCredential = true,
        string method = "POST",
        string target = "/v1/charges?a=1",
        HeaderField[]? headers = null,
        ActionBody? body = null,
        ReadingPlan? plan = null) => ActionDigest.Over(
            caller ?? Some.Caller(onBehalfOf: "joan"),
            route,
            Some.Action(method, target, body ?? Some.Body("{\"a\":1}"), headers ?? Sent),
            Some.Upstream(origin),
            hasCredential ? credential ?? Some.Credential() : null,
            plan ?? Some.Plan()).Hex;
}
