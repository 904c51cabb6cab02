using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Tests.Actions;

public class RequestHeadTests
{
    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    [InlineData("M-SEARCH")]
    [InlineData("QUERY")]
    public void A_method_in_capital_letters_is_read(string method) => Assert.IsType<RequestReading.Read>(Read(method: method));

    [Theory]
    [InlineData("delete")]
    [InlineData("Delete")]
    [InlineData("DELETE1")]
    [InlineData("-GET")]
    [InlineData("GET_")]
    [InlineData("GÉT")]
    [InlineData("")]
    [InlineData("CONNECT")]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("PRI")]
    [InlineData("GET-")]
    [InlineData("A--B")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG")]
    public void A_method_that_might_be_read_as_another_is_refused(string method) =>
        Assert.Equal(Ambiguity.Method, Refused(Read(method: method)).Kind);

    [Theory]
    [InlineData("X-A", "é", Ambiguity.HeaderText)]
    [InlineData("X-A", "a\0b", Ambiguity.HeaderText)]
    [InlineData("X-A", "a\rb", Ambiguity.HeaderText)]
    [InlineData("X-A", "a\nb", Ambiguity.HeaderText)]
    [InlineData("X-A", "a\x7f", Ambiguity.HeaderText)]
    [InlineData("X A", "a", Ambiguity.HeaderText)]
    [InlineData("X\0A", "a", Ambiguity.HeaderText)]
    [InlineData("X:A", "a", Ambiguity.HeaderText)]
    [InlineData("Upgrade", "websocket", Ambiguity.Upgrade)]
    [InlineData("Upgrade", "h2c", Ambiguity.Upgrade)]
    [InlineData("Connection", "keep-alive, Upgrade", Ambiguity.Upgrade)]
    [InlineData("Transfer-Encoding", "gzip, chunked", Ambiguity.Framing)]
    [InlineData("Transfer-Encoding", "identity", Ambiguity.Framing)]
    public void A_header_that_means_two_things_is_refused(string name, string value, object kind) =>
        Assert.Equal((Ambiguity)kind, Refused(Read(headers: [new(name, value)])).Kind);

    [Theory]
    [InlineData("Content-Length", "5")]
    [InlineData("X-Content-Length", "5")] // what the server makes of Content-Length when both came
    public void Two_framings_together_are_refused(string name, string value) =>
        Assert.Equal(Ambiguity.Framing, Refused(Read(headers: [new("Transfer-Encoding", "chunked"), new(name, value)])).Kind);

    [Fact]
    public void Only_end_to_end_fields_go_on()
    {
        var head = ForRoute(
            Some.Plan([AgentKeySource.AiAccessToken, AgentKeySource.XApiKey]),
            new("Host", "proxy.test"), new("X-A", "1"), new("Connection", "keep-alive, te"), new("Keep-Alive", "timeout=5"), new("Proxy-Connection", "x"), new("Proxy-Authorization", "x"), new("TE", "trailers"), new("Trailer", "X-T"),
            new("Expect", "100-continue"), new("Content-Length", "3"), new("HTTP2-Settings", "x"), new("x-api-key", "key"), new("AiAccess-Token", "key"),
            new("AiAccess-Reason", "because"), new("traceparent", "x"), new("tracestate", "x"), new("baggage", "x"), new("Authorization", "Bearer upstream's own"),
            new("X-A", "2"));

        Assert.Equal(
            [new("X-A", "1"), new("X-A", "2"), new("Authorization", "Bearer upstream's own")],
            head.Headers.OrderBy(field => field.Name == "Authorization"));
    }

    [Fact]
    public void The_key_that_the_route_does_not_take_from_Authorization_is_the_upstreams_business() =>
        Assert.Empty(ForRoute(Some.Plan([AgentKeySource.Authorization]), new("Authorization", "Bearer key"), new("AiAccess-Token", "key")).Headers);

    [Fact]
    public void Claims_are_collected_and_never_forwarded()
    {
        var head = ForRoute(
            Some.Plan(),
            new("aiaccess-reason", "fix \t the bill"), new("AiAccess-Change", "INC-7"), new("AiAccess-Commit", "abc"), new("AiAccess-Prompt", " "), new("AiAccess-Session", ""));
        Assert.Equal(new Claims("fix \t the bill", "INC-7", "abc", null, null), head.Claims);
        Assert.Empty(head.Headers);
    }

    [Theory]
    [InlineData("AiAccess-Reasn", "x")]
    [InlineData("AiAccess-Record", "x")]
    [InlineData("AiAccess.Token", "x")]
    [InlineData("aiaccess-", "x")]
    public void A_field_in_our_namespace_that_means_nothing_is_refused(string name, string value) =>
        Assert.Equal(Ambiguity.HeaderValue, RefusedForRoute(new HeaderField(name, value)).Kind);

    [Fact]
    public void A_claim_may_come_once_and_be_a_kilobyte_long()
    {
        Assert.NotNull(ForRoute(Some.Plan(), new HeaderField("AiAccess-Reason", new string('x', 1024))).Claims.Reason);
        Assert.Contains("1025", RefusedForRoute(new HeaderField("AiAccess-Reason", new string('x', 1025))).Detail, StringComparison.Ordinal);
        Assert.Equal(Ambiguity.HeaderValue, RefusedForRoute(new("AiAccess-Reason", "a"), new("aiaccess-reason", "b")).Kind);
    }

    [Fact]
    public void An_idempotency_key_may_come_once()
    {
        Assert.Equal("k", ForRoute(Some.Plan(), new HeaderField("idempotency-key", "k")).IdempotencyKey);
        Assert.Null(ForRoute(Some.Plan(), new HeaderField("Idempotency-Key", "")).IdempotencyKey);
        Assert.Null(ForRoute(Some.Plan()).IdempotencyKey);
        Assert.Equal(Ambiguity.HeaderValue, RefusedForRoute(new HeaderField("Idempotency-Key", new string('k', 1025))).Kind);
    }

    [Theory]
    [InlineData("Idempotency-Key", "idempotency-key")]
    [InlineData("idempotency-key", "idempotency-key")]
    [InlineData("IDEMPOTENCY-KEY", "x-try", "idempotency-key")]
    public void An_idempotency_key_that_the_route_lists_as_volatile_is_forwarded_and_is_no_key(string name, params string[] unstable)
    {
        var sent = new HeaderField(name, new string('k', 1025));
        var head = ForRoute(Some.Plan(unstable: unstable), sent);
        Assert.Null(head.IdempotencyKey);
        Assert.Equal(sent.Value, Assert.Single(head.Headers).Value);
        Assert.Equal("k", ForRoute(Some.Plan(unstable: ["x-idempotency-key"]), new HeaderField(name, "k")).IdempotencyKey);
    }

    [Fact]
    public void Preferences_about_waiting_are_taken_from_all_fields()
    {
        var read = Assert.IsType<HeadReading.Read>(Head(new("Prefer", "return=minimal, wait=7"), new("prefer", "respond-async"), new("Prefer", "wait=9"))
            .ForRoute(Some.Target(), Some.Plan()));
        Assert.Equal(new Preference(true, TimeSpan.FromSeconds(7)), read.Preference);
        Assert.Equal([new HeaderField("Prefer", "return=minimal")], read.Head.Headers);
    }

    [Theory]
    [InlineData("Transfer-Encoding", "chunked", true, null)]
    [InlineData("Content-Length", "5", true, 5L)]
    [InlineData("X-A", "5", false, null)]
    public void It_is_known_whether_a_body_follows_and_how_long_it_is(string name, string value, bool has, long? length)
    {
        var head = Assert.IsType<RequestReading.Read>(Read(headers: [new(name, value)], canHaveBody: has)).Head;
        Assert.Equal((has, length), (head.HasBody, head.BodyLength));
        Assert.Equal(has ? new ActionBody.Streamed(length) : new ActionBody.None(), RequestBody.Unread(head));
    }

    private static RequestReading Read(string method = "GET", string target = "/a", HeaderField[]? headers = null, bool canHaveBody = false)
    {
        var context = new DefaultHttpContext();
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        (request.Method, request.RawTarget) = (method, target);
        request.Headers.Host = "proxy.test";
        foreach (var (name, value) in headers ?? []) request.Headers.Append(name, value);
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new Body(canHaveBody));
        return RequestHead.Read(context);
    }

    private static Unclear Refused(RequestReading reading) => Assert.IsType<RequestReading.Refused>(reading).Unclear;

    private static RequestHead Head(params HeaderField[] headers) => new("GET", Some.Target(), headers, HasBody: false) { Authority = new("proxy.test", null) };

    private static ActionHead ForRoute(ReadingPlan plan, params HeaderField[] headers) =>
        Assert.IsType<HeadReading.Read>(Head(headers).ForRoute(Some.Target(), plan)).Head;

    private static Unclear RefusedForRoute(params HeaderField[] headers) =>
        Assert.IsType<HeadReading.Refused>(Head(headers).ForRoute(Some.Target(), Some.Plan())).Unclear;

    private sealed class Body(bool canHaveBody) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => canHaveBody;
    }
}
