using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Models;

namespace AiAccessProxy.Bypass;

/// <summary>What only HTTP/2 can say: pseudo-header fields of any number and order, line ends within fields, lengths that are not true, trailers.</summary>
public class Http2FieldTests
{
    private const string Smuggled = "GET /admin/users HTTP/1.1\r\nHost: x\r\n\r\n";

    private static readonly (string Name, string Value)[] Plain = [(":method", "POST"), (":scheme", "https"), (":authority", "api.example"), (":path", "/open/v1/x")];

    private static readonly string[] LineEnds = ["\r\n", "\n", "\r", "\0", "\v", "\u0085"];

    public static IEnumerable<(string Name, (string Name, string Value)[] Fields, byte[]? Body, (string, string)[]? Trailers)> Cases()
    {
        foreach (var (name, other) in new[] { (":path", "/open/admin/users"), (":method", "DELETE"), (":authority", "evil.example"), (":scheme", "http") })
        {
            yield return ($"{name} twice, after", [.. Plain, (name, other)], null, null);
            yield return ($"{name} twice, before", [(name, other), .. Plain], null, null);
            yield return ($"{name} in trailers", Plain, "x"u8.ToArray(), [(name, other)]);
            yield return ($"{name} after a field", [.. Plain.Where(field => field.Name != name), ("x-a", "b"), (name, other)], null, null);
            yield return ($"{name} without its colon", [.. Plain, (name[1..], other)], null, null);
            yield return ($"{name} missing", [.. Plain.Where(field => field.Name != name)], null, null);
            yield return ($"{name} empty", [.. Plain.Where(field => field.Name != name), (name, "")], null, null);
            foreach (var end in LineEnds)
            {
                yield return ($"line end in {name}", [.. Plain.Select(field => field.Name == name ? (name, $"{field.Value}{end}X-Env: production") : field)], null, null);
                yield return ($"request in {name}", [.. Plain.Select(field => field.Name == name ? (name, $"{field.Value} HTTP/1.1{end}Host: x{end}{end}{Smuggled}") : field)], null, null);
            }
        }

        foreach (var end in LineEnds)
        {
            yield return ("line end in a value", [.. Plain, ("x-a", $"b{end}X-Env: production")], null, null);
            yield return ("request in a value", [.. Plain, ("x-a", $"b{end}{end}{Smuggled}")], null, null);
            yield return ("line end in a name", [.. Plain, ($"x-a: b{end}x-env", "production")], null, null);
            yield return ("line end before a value", [.. Plain, ("x-a", $"{end}b")], null, null);
        }

        foreach (var name in new[] { "X-Env", "x env", "x-env ", " x-env", "x-env:", ":x-env", "", "x\tenv", "x-env\0", "x\xFFenv", ":status", ":protocol", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "te", "host", "trailer", "http2-settings", "expect" })
            foreach (var value in new[] { "production", "chunked", "x-env, close", "evil.example", "100-continue", "" })
                yield return ($"field '{name}: {value}'", [.. Plain, (name, value)], null, null);

        var smuggling = System.Text.Encoding.ASCII.GetBytes($"0\r\n\r\n{Smuggled}");
        foreach (var length in new[] { "0", "1", $"{smuggling.Length - 1}", $"{smuggling.Length + 1}", "+5", "5, 5", "-1", "0x5", "5 ", "99999999999999999999", "" })
            yield return ($"content-length: {length}", [.. Plain, ("content-length", length)], smuggling, null);
        yield return ("content-length twice", [.. Plain, ("content-length", "0"), ("content-length", $"{smuggling.Length}")], smuggling, null);
        yield return ("chunked body", [.. Plain, ("transfer-encoding", "chunked")], smuggling, null);
        yield return ("chunks in a body", Plain, smuggling, null);
        foreach (var name in new[] { "x-env", "content-length", "transfer-encoding", "host", "x-original-url", "aiaccess-token", "content-encoding" })
            yield return ($"trailer {name}", Plain, smuggling, [(name, "production")]);
        yield return ("CONNECT", [(":method", "CONNECT"), (":authority", "127.0.0.1:80")], null, null);
        yield return ("extended CONNECT", [(":method", "CONNECT"), (":protocol", "websocket"), .. Plain[1..]], null, null);
        foreach (var path in new[] { "*", "open/admin/users", "http://api.example/open/admin/users", "//open/admin/users", "/open/admin/users#", "?", "/open/v1/x /../../admin", "/open\\admin" })
            yield return ($":path {path}", [.. Plain[..3], (":path", path)], null, null);
        foreach (var authority in new[] { "a@api.example", "api.example:", "api.example:99999", "[::1", "api.example, evil", "api.example/open/admin/users?", "xn--", "API.example", "api.example." })
            yield return ($":authority {authority}", [.. Plain.Where(field => field.Name != ":authority"), (":authority", authority), ("host", "evil.example")], null, null);
    }

    [Fact]
    public async Task Nothing_that_only_the_newer_version_can_say_makes_another_call_of_it()
    {
        var ground = new DenyListGround();
        await using var lab = await Lab.StartTlsAsync(ground.Write);
        var wrong = new List<string>();
        var cases = Cases().ToList();
        var refused = 0;
        foreach (var (name, fields, body, trailers) in cases)
        {
            var before = lab.Upstream.Requests.Count;
            await using var adversary = await lab.ConnectHttp2Async();
            var answer = await adversary.CallAsync([.. fields, ("aiaccess-token", lab.Policies.Bot.Text)], body, trailers);
            if (answer is null or { Status: >= 400 }) refused++;

            var arrived = lab.Upstream.Requests.Skip(before).ToList();
            if (arrived.Count > 1) wrong.Add($"{name}: {arrived.Count} requests");
            wrong.AddRange(arrived.Where(request => request.Target != "/v1/x" || request.Method != "POST").Select(request => $"{name}: {request.Line}"));
            wrong.AddRange(arrived.Where(request => UpstreamModel.All.Any(model => ground.IsPrivileged(model.See(request)))).Select(request => $"{name}: privileged {request.Line}"));
            wrong.AddRange(arrived.SelectMany(request => request.Headers).Where(field => field.Name.Equals("X-Env", StringComparison.OrdinalIgnoreCase) && !fields.Contains(("x-env", field.Value)))
                .Select(field => $"{name}: {field}"));
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{cases.Count} cases, {refused} refused");
        Assert.Empty(wrong);
        // Some leave in the middle of a body; what the upstream has of those is the beginning of the call that was decided on.
        Assert.All(lab.Upstream.Torn, torn => Assert.StartsWith("POST /v1/x HTTP/1.1\r\n", System.Text.Encoding.Latin1.GetString(torn), StringComparison.Ordinal));
    }
}
