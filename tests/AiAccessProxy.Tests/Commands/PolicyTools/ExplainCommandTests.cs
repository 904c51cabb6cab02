using System.Text.Json;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Commands.PolicyTools;

public class ExplainCommandTests
{
    private const string Rules = """
        - { id: read, effect: allow, match: { methods: [GET] } }
        - id: big
          effect: require_approval
          action: thing.move
          risk: medium
          match: { methods: [POST], paths: ["/things/{thing}"], where: [{ field: body.amount, gt: 10 }, { field: header.x-env, in: [prod, live] }] }
          summary: "Move {body.amount} of {path.thing} for {body.card}"
          require: [reason, change]
          show: [body.amount]
          redact: [body.card]
          approval: { need: [{ approvals: 2, from: [group:finance, group:security] }, { from: [person:hugo, person:joan] }] }
          controls: ["SOC2:CC6.3"]
          notify: [teams:finance]
        """;

    private static readonly string[] Expected =
    [
        "require_approval",
        "rule big (require_approval): true, matches",
        "  true     the method is POST",
        "  true     the path matches /things/{thing}",
        "  true     body.amount is 20, greater than 10",
        "  true     header.x-env is \"prod\", one of \"prod\", \"live\"",
        "rule read (allow): false, does not match",
        "  false    the method is POST, not GET",
        "route       api",
        "summary     Move 20 of t1 for (redacted)",
        "action      thing.move",
        "risk        medium",
        "controls    SOC2:CC6.3",
        "needs       2 of group:finance or group:security",
        "needs       1 of person:hugo or person:joan",
        "requires    reason, change",
        "shows       body.amount",
        "in time     decided within 30m, used within 10m",
        "notify      teams:finance",
        "redacted    body.card",
    ];

    private const string Raw = "POST /api/things/t1 HTTP/1.1\r\nHost: proxy.test\r\nX-Env:  prod\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{\"amount\":20,\"card\":\"s3cret\"}";

    private const string Yaml = """
        agent: billing-bot
        route: api
        method: POST
        path: /things/t1
        headers: { x-env: prod }
        body: { amount: 20, card: s3cret }
        """;

    private const string Json = """{ "agent": "billing-bot", "method": "POST", "path": "/api/things/t1", "headers": { "x-env": "prod" }, "body": { "amount": 20, "card": "s3cret" } }""";

    [Theory]
    [InlineData("call.yaml", Yaml)]
    [InlineData("call.json", Json)]
    [InlineData("call.http", Raw, "--agent", "billing-bot")]
    [InlineData(null, null, "--agent", "billing-bot", "--method", "POST", "--path", "/api/things/t1", "--header", "X-Env: prod", "--body", """{"amount":20,"card":"s3cret"}""")]
    public async Task A_call_from_anywhere_is_explained_with_each_rule_and_condition(string? file, string? text, params string[] more)
    {
        using var policies = new PolicyDirectory(Rules);
        var run = await policies.RunAsync("explain", [.. file is null ? [] : new[] { "--call", policies.Write(file + ".txt", text!) }, .. more]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(Expected, run.Lines.Take(run.Lines.Count - 1));
        Assert.Matches("^policy      [0-9a-f]{64}$", run.Lines[^1]);
    }

    [Fact]
    public async Task The_same_is_told_as_JSON()
    {
        using var policies = new PolicyDirectory(Rules);
        var run = await policies.RunAsync("explain", "--json", "--call", policies.Write("call.txt", Yaml));

        Assert.Equal(0, run.Code);
        Assert.DoesNotContain("s3cret", run.Output, StringComparison.Ordinal);
        var told = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(("require_approval", "api"), (told.GetProperty("outcome").GetString(), told.GetProperty("route").GetString()));
        var big = told.GetProperty("rules")[0];
        Assert.Equal(("big", "require_approval", "true", true), (big.GetProperty("id").GetString(), big.GetProperty("effect").GetString(), big.GetProperty("outcome").GetString(), big.GetProperty("counts").GetBoolean()));
        Assert.Equal("body.amount is 20, greater than 10", big.GetProperty("conditions")[2].GetProperty("because").GetString());
        Assert.Equal(2, told.GetProperty("approval").GetProperty("needs")[0].GetProperty("approvals").GetInt32());
    }

    [Fact]
    public async Task A_refused_call_says_what_has_no_single_meaning()
    {
        using var policies = new PolicyDirectory(Rules);
        var run = await policies.RunAsync("explain", "--agent", "billing-bot", "--path", "/api/../x");
        Assert.Equal(0, run.Code);
        Assert.StartsWith("refused (dot-segment): ", run.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_is_explained_as_far_as_it_goes()
    {
        using var policies = new PolicyDirectory(Rules);
        var time = new ManualTime();
        var folder = Some.LedgerFolder();
        var record = Some.Record() with
        {
            Agent = new("billing-bot", "ada", null, "key:k1"),
            Action = new() { Route = "api", Method = "POST", Target = "/things/t1", BodyBytes = 30 },
        };
        var empty = Some.Record();
        using (var ledger = await Some.OpenLedgerAsync(time, folder))
        {
            await ledger.AppendAsync(empty, TestContext.Current.CancellationToken);
            await ledger.AppendAsync(record, TestContext.Current.CancellationToken);
        }

        var run = await policies.RunAsync("explain", "--record", record.Id.ToString(), "--data", folder);
        var ofNoCall = await policies.RunAsync("explain", "--record", empty.Id.ToString(), "--data", folder);
        var nowhere = await policies.RunAsync("explain", "--record", record.Id.ToString(), "--data", Path.Combine(folder, "nowhere"));

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Contains("rule big (require_approval): unknown, which counts as a match", run.Lines);
        Assert.Contains("  unknown  body.amount cannot be read: it is not known of this call", run.Lines);
        Assert.Contains("  unknown  header.x-env cannot be read: it is not known of this call", run.Lines);
        Assert.Contains("not known   headers, body", run.Lines);
        Assert.Equal((3, $"aiaccess: there is no record {empty.Id} of a call\n"), (ofNoCall.Code, ofNoCall.Error));
        Assert.Equal(1, nowhere.Code);
    }

    [Fact]
    public async Task What_a_record_says_of_the_decision_and_of_observed_rules_stands_beside_what_the_rules_say_now()
    {
        const string Tried = "\n- { id: tried, effect: require_approval, observe: true, match: { paths: [\"/things/**\"] }, approval: { need: [{ from: [group:security] }] } }"
            + "\n- { id: other, effect: allow, observe: true, match: { methods: [PUT] } }";
        using var policies = new PolicyDirectory(Rules + Tried);
        var folder = Some.LedgerFolder();
        var record = Some.Record() with
        {
            Kind = RecordKind.Decided,
            Agent = new("billing-bot", "ada", null, "key:k1"),
            Action = new() { Route = "api", Method = "GET", Target = "/things/t1" },
            Decision = "allow",
            Rules = ["read"],
            Observed = ["tried", "gone"],
            Policy = new string('c', 64),
        };
        var denied = record with { Id = Guid.NewGuid(), Kind = RecordKind.TicketDenied, Decision = null, Rules = [], Observed = null, Policy = null };
        using (var ledger = await Some.OpenLedgerAsync(new ManualTime(), folder))
        {
            await ledger.AppendAsync(record, TestContext.Current.CancellationToken);
            await ledger.AppendAsync(denied, TestContext.Current.CancellationToken);
        }

        var run = await policies.RunAsync("explain", "--record", record.Id.ToString(), "--data", folder);
        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal("allow", run.Lines[0]);
        Assert.Contains("rule tried (require_approval): true, which would count, but the rule is only observed", run.Lines);
        Assert.Contains("rule other (allow): false, which would not count; the rule is only observed", run.Lines);
        Assert.Equal([$"on record   decided: allow by read, under policy {new string('c', 64)}", "observed    tried, gone (would have counted then)"], run.Lines.TakeLast(2));

        var json = await policies.RunAsync("explain", "--record", record.Id.ToString(), "--data", folder, "--json");
        var told = JsonDocument.Parse(json.Output).RootElement;
        Assert.Equal("gone", told.GetProperty("recorded").GetProperty("observed")[1].GetString());
        Assert.True(told.GetProperty("rules").EnumerateArray().Single(rule => rule.GetProperty("id").GetString() == "tried").GetProperty("would_count").GetBoolean());

        var ofTicket = await policies.RunAsync("explain", "--record", denied.Id.ToString(), "--data", folder);
        Assert.Equal("on record   ticket.denied, by default, under policy (unknown)", ofTicket.Lines[^1]);
    }

    [Theory]
    [InlineData("aiaccess: Say where the call comes from: --call FILE, --record ID, or --agent and --path. See 'aiaccess policy explain --help'.")]
    [InlineData("aiaccess: Say where the call comes from: --call FILE, --record ID, or --agent and --path. See 'aiaccess policy explain --help'.", "--path", "/x", "--record", "y")]
    [InlineData("aiaccess: A call in options needs --agent and --path. See 'aiaccess policy explain --help'.", "--path", "/x")]
    [InlineData("aiaccess: a header is written as 'Name: value'", "--path", "/x", "--agent", "billing-bot", "--header", "x")]
    public async Task What_is_no_call_is_said_to_be_none(string error, params string[] options)
    {
        using var policies = new PolicyDirectory(Rules);
        var run = await policies.RunAsync("explain", options);
        Assert.Equal((2, "", error + "\n"), (run.Code, run.Output, run.Error));
    }

    [Theory]
    [InlineData("GET /x HTTP/1.1\nHost: a\nHost: b\n\n", "aiaccess: call.txt: there is more than one Host")]
    [InlineData("GET /x HTTP/1.1\nnonsense\n\n", "aiaccess: call.txt: 'nonsense' is no header; write 'Name: value'")]
    [InlineData("GET /x HTTP/1.1\nTransfer-Encoding: chunked\n\n0\n\n", "aiaccess: call.txt: write the body as it is, without Transfer-Encoding")]
    [InlineData("GET /x HTTP/1.1\n\n", "aiaccess: a request as it is sent does not say who calls: name the agent with --agent")]
    [InlineData("agent: a\nmethd: GET\n", "aiaccess: call.txt:2: methd: this key is not known; did you mean method? known are agent, on_behalf_of, method, path, query, headers, body, form, raw_body, host, time, route")]
    public async Task A_file_that_is_no_call_is_said_to_be_none(string text, string error)
    {
        using var policies = new PolicyDirectory(Rules);
        var run = await policies.RunAsync("explain", "--call", policies.Write("call.txt", text));
        Assert.Equal((2, "", error), (run.Code, run.Output, run.ErrorLines[0]));
    }
}
