using AiAccessProxy.Actions;
using AiAccessProxy.Agents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Tests.Actions;

public class HeaderGuardTests
{
    public static TheoryData<string> Singles =>
        ["Content-Type", "content-type", "Content-Encoding", "Authorization", "Host", "If-Match", "If-None-Match", "If-Range", "Range", "Date", "Origin",
         "Referer", "User-Agent", "X-Api-Key", "Idempotency-Key", "Cookie", "Destination", "X-Amz-Target", "X-HTTP-Method-Override", "X-Original-URL"];

    [Theory]
    [MemberData(nameof(Singles))]
    public void A_field_that_may_come_once_is_refused_twice(string name)
    {
        HeaderField[] once = name == "Host" ? [] : [new(name, "a")];
        Assert.IsType<RequestReading.Read>(Read(once));
        Assert.IsType<RequestReading.Refused>(Read([.. once, new(name, "a")]));
    }

    [Fact]
    public void A_list_may_come_in_several_lines() => Assert.Equal(2, Head(new("Accept", "a/b"), new("Accept", "c/d")).Headers.Count);

    [Theory]
    [InlineData(" x")]
    [InlineData("x\t")]
    [InlineData(" ")]
    public void White_space_around_a_value_that_another_version_of_HTTP_takes_off_is_refused(string value) =>
        Assert.Equal(Ambiguity.HeaderText, Refused(new HeaderField("X-A", value)).Kind);

    [Theory]
    [InlineData("Proxy", "http://evil.test")]
    [InlineData("Max-Forwards", "0")]
    [InlineData("Expect", "200-ok")]
    [InlineData("Expect", "100-continue, x")]
    [InlineData("Connection", "X-Hop")]
    [InlineData("Connection", "keep-alive, Authorization")]
    [InlineData("Connection", "\"X-Hop\"")]
    public void What_asks_this_hop_for_what_it_does_not_do_is_refused(string name, string value) =>
        Assert.Equal(Ambiguity.HeaderValue, Refused(new HeaderField(name, value)).Kind);

    [Theory]
    [InlineData("Connection", "close")]
    [InlineData("Connection", "Keep-Alive")]
    [InlineData("Connection", "TE, close")]
    [InlineData("Expect", "100-Continue")]
    public void What_is_usual_about_a_connection_is_read_and_ends_here(string name, string value) => Assert.Empty(Head(new HeaderField(name, value)).Headers);

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("x-forwarded-proto")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("X-Forwarded-User")]
    [InlineData("X-Forwarded-Client-Cert")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    [InlineData("X-Real-IP")]
    [InlineData("True-Client-IP")]
    [InlineData("Client-Cert")]
    [InlineData("Remote-User")]
    public void What_speaks_of_the_hop_before_ends_here(string name)
    {
        var head = Head(new HeaderField(name, "1"));
        Assert.Empty(head.Headers);
        Assert.Empty(head.Doubts);
    }

    [Theory]
    [InlineData("X_Env")]
    [InlineData("X.Env")]
    [InlineData("_x")]
    [InlineData("X-Env!")]
    public void A_name_that_is_another_to_some_servers_is_a_doubt(string name) =>
        Assert.Equal([Ambiguity.UnderscoreHeader], Head(new HeaderField(name, "1")).Doubts.Select(doubt => doubt.Kind));

    [Theory]
    [InlineData("AiAccess_Token")]
    [InlineData("aiaccess.reason")]
    [InlineData("X_Api_Key")]
    [InlineData("X_Forwarded_For")]
    [InlineData("Content_Length")]
    [InlineData("Content_Type")]
    [InlineData("Transfer_Encoding")]
    [InlineData("Host_", false)]
    [InlineData("X_HTTP_Method_Override")]
    [InlineData("Proxy_Authorization")]
    public void A_name_that_hides_one_of_the_proxy_or_the_connection_is_refused_for_ever(string name, bool hides = true)
    {
        var reading = Read([new(name, "1")]);
        Assert.Equal(hides, reading is RequestReading.Refused { Unclear.Kind: Ambiguity.HeaderText });
    }

    [Theory]
    [InlineData("X-Env", "X_Env")]
    [InlineData("x_env", "X-ENV")]
    [InlineData("X_Env", "X.Env")]
    public void Two_fields_that_are_one_to_some_servers_are_refused_for_ever(string one, string other) =>
        Assert.Equal(Ambiguity.HeaderText, Refused(new HeaderField(one, "1"), new HeaderField(other, "1")).Kind);

    [Theory]
    [InlineData("X_Env", "x-env")]
    [InlineData("X-Env", "x_env")]
    [InlineData("X_Token", "X-Token")]
    public void A_look_alike_of_a_header_that_a_rule_reads_or_a_credential_fills_is_refused_for_ever(string sent, string guarded)
    {
        var reads = Some.Plan() with { StableHeaders = new HashSet<string> { guarded } };
        var fills = Some.Plan() with { CredentialHeaders = new HashSet<string> { guarded } };
        Assert.All([reads, fills], plan => Assert.IsType<HeadReading.Refused>(Request(new HeaderField(sent, "1")).ForRoute(Some.Target(), plan)));
        Assert.All([reads, fills], plan => Assert.IsType<HeadReading.Read>(Request(new HeaderField(guarded, "1")).ForRoute(Some.Target(), plan)));
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override", Ambiguity.MethodOverride)]
    [InlineData("x-http-method", Ambiguity.MethodOverride)]
    [InlineData("X-Method-Override", Ambiguity.MethodOverride)]
    [InlineData("X-Original-URL", Ambiguity.UrlOverride)]
    [InlineData("X-Rewrite-URL", Ambiguity.UrlOverride)]
    [InlineData("X-Original-URI", Ambiguity.UrlOverride)]
    [InlineData("X-Forwarded-Uri", Ambiguity.UrlOverride)]
    [InlineData("X-Forwarded-Path", Ambiguity.UrlOverride)]
    [InlineData("X-Forwarded-Prefix", Ambiguity.UrlOverride)]
    public void A_header_that_asks_for_another_call_is_a_doubt_and_goes_on_when_it_is_accepted(string name, object kind)
    {
        var head = Head(new HeaderField(name, "DELETE"));
        Assert.Equal([(Ambiguity)kind], head.Doubts.Select(doubt => doubt.Kind));
        Assert.Equal([new HeaderField(name, "DELETE")], head.Headers);
    }

    [Theory]
    [InlineData("_method=DELETE", true)]
    [InlineData("a=1&_METHOD=delete", true)]
    [InlineData("%5Fmethod=DELETE", true)]
    [InlineData(".method=DELETE", true)]
    [InlineData("+_method=DELETE", true)]
    [InlineData("_method[]=DELETE", true)]
    [InlineData("_method", true)]
    [InlineData("X-HTTP-Method-Override=PUT", true)]
    [InlineData("x_http_method=PUT", true)]
    [InlineData("method=DELETE", false)]
    [InlineData("my_method=DELETE", false)]
    [InlineData("a=_method", false)]
    public void A_parameter_that_asks_for_another_method_is_a_doubt(string query, bool isOne) =>
        Assert.Equal(isOne, ((HeadReading.Read)Request().ForRoute(Some.Target($"/a?{query}"), Some.Plan())).Head.Doubts.Any(doubt => doubt.Kind == Ambiguity.MethodOverride));

    [Fact]
    public void The_agents_own_key_and_what_is_dropped_are_no_doubts() =>
        Assert.Empty(Head(new("AiAccess-Token", "key"), new("X-Forwarded-For", "1"), new("X-A", "1")).Doubts);

    private static RequestReading Read(params HeaderField[] headers)
    {
        var context = new DefaultHttpContext();
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        (request.Method, request.RawTarget) = ("POST", "/a");
        request.Headers.Host = "proxy.test";
        foreach (var (name, value) in headers) request.Headers.Append(name, value);
        return RequestHead.Read(context);
    }

    private static RequestHead Request(params HeaderField[] headers) => Assert.IsType<RequestReading.Read>(Read(headers)).Head;

    private static Unclear Refused(params HeaderField[] headers) => Assert.IsType<RequestReading.Refused>(Read(headers)).Unclear;

    private static ActionHead Head(params HeaderField[] headers) =>
        Assert.IsType<HeadReading.Read>(Request(headers).ForRoute(Some.Target(), Some.Plan([AgentKeySource.AiAccessToken]))).Head;
}
