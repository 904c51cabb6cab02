using System.Text.Json;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Commands.PolicyTools;

public sealed class DiffCommandTests : IDisposable
{
    private const string Before = """
        - { id: read, effect: allow, match: { methods: [GET] } }
        - { id: write, effect: allow, match: { methods: [POST] } }
        """;

    private const string After = """
        - { id: read, effect: allow, match: { methods: [GET] } }
        - { id: write, effect: allow, match: { methods: [POST], where: [{ field: header.x-env, equals: test }] } }
        - { id: big, effect: require_approval, match: { methods: [POST], paths: ["/things/**"], where: [{ field: body.amount, gt: 10 }] }, approval: { need: [{ from: [group:finance] }] } }
        - { id: no, effect: deny, match: { paths: ["/secrets"] } }
        """;

    private readonly PolicyDirectory _before = new(Before), _after = new(After);
    private readonly string _data = Some.LedgerFolder();

    [Fact]
    public async Task Calls_that_would_come_out_otherwise_are_told_with_how_often_they_came()
    {
        var records = new[]
        {
            Call("GET", "/things"), Call("GET", "/secrets?a=1"), Call("POST", "/things/t1"), Call("GET", "/secrets?a=2"), Call("POST", "/other", 0),
            Call("GET", "/secrets") with { Kind = RecordKind.CallExecuted },
        };
        await RecordAsync(records);

        var run = await CommandRun.OfAsync("policy", "diff", _before.Path, _after.Path, "--data", _data);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(
            [
                $"2 x GET /secrets on api, billing-bot: allow (read) -> deny (no)   {records[3].Id}",
                $"1 x POST /other on api, billing-bot: allow (write) -> deny (default; not told: write)   {records[4].Id}",
                $"1 x POST /things/t1 on api, billing-bot: allow (write) -> require_approval (big?, needs 1 of group:finance; not told: write)   {records[2].Id}",
                "5 calls on record, 4 of them come out otherwise; their headers and bodies are not on record",
            ],
            run.Lines);
    }

    [Fact]
    public async Task The_same_is_told_as_JSON_and_two_equal_folders_differ_in_nothing()
    {
        await RecordAsync(Call("GET", "/secrets"));
        var changed = await CommandRun.OfAsync("policy", "diff", _before.Path, _after.Path, "--data", _data, "--json");
        var same = await CommandRun.OfAsync("policy", "diff", _after.Path, _after.Path, "--data", _data);

        var line = JsonDocument.Parse(Assert.Single(changed.Lines)).RootElement;
        Assert.Equal(("allow (read)", "deny (no)", 1), (line.GetProperty("before").GetString(), line.GetProperty("after").GetString(), line.GetProperty("count").GetInt32()));
        Assert.Equal(["1 calls on record, 0 of them come out otherwise; their headers and bodies are not on record"], same.Lines);
    }

    [Fact]
    public async Task A_ledger_without_calls_and_none_at_all_are_told_apart()
    {
        await RecordAsync(Some.Record());
        var none = await CommandRun.OfAsync("policy", "diff", _before.Path, _after.Path, "--data", _data);
        var nowhere = await CommandRun.OfAsync("policy", "diff", _before.Path, _after.Path, "--data", Path.Combine(_data, "nowhere"));
        var wrong = await CommandRun.OfAsync("policy", "diff", _before.Path, _data, "--data", _data);
        Assert.Equal((3, "aiaccess: no call is on record\n", 1, 2), (none.Code, none.Error, nowhere.Code, wrong.Code));
    }

    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
    }

    private static LedgerRecord Call(string method, string target, long body = 10) => Some.Record() with
    {
        Agent = new("billing-bot", "ada", null, "key:k1"),
        Action = new() { Route = "api", Method = method, Target = target, BodyBytes = method == "GET" ? 0 : body },
    };

    private async Task RecordAsync(params LedgerRecord[] records)
    {
        using var ledger = await Some.OpenLedgerAsync(new ManualTime(), _data);
        foreach (var record in records) await ledger.AppendAsync(record, TestContext.Current.CancellationToken);
    }
}
