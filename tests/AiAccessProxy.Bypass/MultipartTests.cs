using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Spellings;
using AiAccessProxy.Tests.Actions.Bodies;

namespace AiAccessProxy.Bypass;

/// <summary>Multipart forms that hide an action, on the wire: what is forwarded names to every upstream the one action that is allowed, or none.</summary>
public class MultipartTests
{
    private const int Usual = 500;

    private const string Rules = """
        - id: read
          match: { methods: [POST], paths: ["/form"], where: [{ field: form.Action, equals: Read }] }
          effect: allow

        """;

    [Theory]
    [InlineData("HTTP/1.1")]
    [InlineData("HTTP/2")]
    public async Task No_spelling_of_a_multipart_form_gets_past_the_policy(string version)
    {
        var isNew = version == "HTTP/2";
        var seed = Seed.Of(isNew ? 20261127 : 20261126);
        var tempting = MultipartSpellings.Of("/api/form", seed.Chance).Where(call => Others(call.Headers[^1].Value, call.Body!).Any())
            .DistinctBy(call => call.ToString()).Take(Seed.Runs(Usual)).ToList();
        await using var lab = isNew ? await Lab.StartTlsAsync(Write) : await Lab.StartAsync(Write);
        var shots = await Volley.FireAsync(
            lab, [MultipartSpellings.Plain("/api/form"), .. tempting], async () => isNew ? await lab.ConnectHttp2Async() : await lab.ConnectAsync());

        Assert.Equal((200, 1), (shots[0].Answer!.Status, shots[0].Arrived.Count));
        var answers = shots.Skip(1).CountBy(shot => shot.Answer?.Said ?? "closed").OrderByDescending(one => one.Value).Select(one => $"{one.Value} x {one.Key}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{version}, {seed}: {tempting.Count} forms; {string.Join(", ", answers)}");
        var past = shots.SelectMany(shot => shot.Arrived.SelectMany(arrived => Others(arrived.Header("Content-Type") ?? "", arrived.Body)
            .Select(other => $"{other.Model} reads {other.Action}: {shot.Call}"))).ToList();
        Assert.True(past.Count == 0, $"{seed}: {past.Count} past the policy\n{string.Join('\n', past.Take(5))}");
    }

    private static void Write(PolicyFolder policies, RawUpstream upstream) => policies.Route("api", upstream.Address, Rules);

    /// <summary>Upstreams to which the form names another action than the allowed one.</summary>
    private static IEnumerable<(string Model, string Action)> Others(string type, byte[] body)
    {
        foreach (var (model, fields) in UpstreamForm.Multipart(type, body))
        {
            var name = model.StartsWith("in any case", StringComparison.Ordinal) ? "action" : "Action";
            foreach (var field in fields.Where(field => field.Name == name && field.Value != "Read")) yield return (model, field.Value);
        }
    }
}
