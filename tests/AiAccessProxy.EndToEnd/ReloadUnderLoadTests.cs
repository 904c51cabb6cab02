using System.Collections.Concurrent;
using AiAccessProxy.EndToEnd.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd;

/// <summary>Rules change again and again while agents call. Each version has rules and a credential of its own, so that a mixture would show.</summary>
public sealed class ReloadUnderLoadTests : IAsyncDisposable
{
    private const int Callers = 8;
    private const int CallsEach = 100;

    private static readonly int Reloads = LongRun.IsAskedFor ? 1_000 : 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>What the upstream was sent comes back: which version's credential.</summary>
    private readonly RawUpstream _upstream = new(request => Task.FromResult<byte[]?>(RawUpstream.Ok(request.Header("X-Version") ?? "none")));

    private readonly ConcurrentBag<Made> _calls = [];
    private int _made;
    private int _inForce;

    [Fact]
    public async Task Every_call_is_decided_by_one_whole_set_of_rules_and_its_record_names_it()
    {
        await using var world = await World.StartAsync(policies => policies.Write("api.yaml", Policy(0)));
        using var probe = new HttpClient { BaseAddress = world.Proxy.Console };
        var (bot, versions) = (world.Agent(), new Dictionary<string, int>());
        versions[Assert.IsType<string>(await HashAsync(probe, alarm: false))] = 0;

        var refused = 0;
        for (var version = 1; version <= Reloads; version++)
        {
            var (isWrong, before) = (version % 5 == 0, _made);
            using var seen = new CancellationTokenSource();
            var callers = Enumerable.Range(0, Callers).Select(_ => CallAsync(bot, () => seen.IsCancellationRequested && _made >= before + CallsEach)).ToList();
            Swap(world.Policies.Path, isWrong ? Policy(version).Replace("default: deny", "default: denied", StringComparison.Ordinal) : Policy(version));
            var hash = await Eventually.GetAsync(
                async () => await HashAsync(probe, isWrong) is { } now && isWrong == versions.ContainsKey(now) ? now : null, $"version {version} is taken over or refused");
            if (isWrong) refused++;
            else (versions[hash], _inForce) = (version, version);
            await seen.CancelAsync();
            await Task.WhenAll(callers);
        }

        var calls = _calls.ToDictionary(call => call.Target);
        Assert.True(calls.Count >= Reloads * CallsEach, $"{calls.Count}");
        var story = await world.Story.AllAsync(
            records => records.Count(record => record.Kind == RecordKind.CallExecuted) == calls.Values.Count(call => call.Answer.Status == 200), "what became of all calls");
        var decided = story.Where(record => record.Kind == RecordKind.Decided).ToList();
        Assert.Equal(calls.Keys.Order(), decided.Select(record => record.Action!.Target).Order());
        foreach (var record in decided) Check(record, versions, calls[record.Action!.Target]);

        Assert.Equal(versions.Count, story.Count(record => record.Kind == RecordKind.PolicyLoaded));
        Assert.Equal(refused, story.Count(record => record.Kind == RecordKind.PolicyRefused));
        var amid = decided.Count(record => versions[record.Policy!] is var version && version > calls[record.Action!.Target].From);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Reloads} reloads, {refused} of them refused, during {calls.Count} calls; {amid} were decided by rules that came while they did");
        Assert.True(amid > Reloads / 5, $"{amid}");
    }

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    private static void Check(LedgerRecord record, Dictionary<string, int> versions, Made call)
    {
        var version = Assert.Contains(record.Policy!, versions);
        // What was seen to be in force before the call began is the oldest that may decide it.
        Assert.InRange(version, call.From, call.To + 1 + ((call.To + 1) % 5 == 0 ? 1 : 0));
        Assert.Equal([$"a-{version}", $"b-{version}"], record.Rules);
        if (IsDenied(version))
        {
            Assert.Equal("deny", record.Decision);
            Assert.Equal("403 denied", call.Answer.Said);
            Assert.Equal($"a-{version}, b-{version}", call.Answer.Json.GetProperty("rule").GetString());
        }
        else
        {
            Assert.Equal(("allow", $"c-{version}"), (record.Decision, record.Action!.Credential));
            Assert.Equal((200, $"version {version}"), (call.Answer.Status, call.Answer.Body));
        }
    }

    private async Task CallAsync(Agent bot, Func<bool> isOver)
    {
        while (!isOver())
        {
            var (number, from) = (Interlocked.Increment(ref _made), Volatile.Read(ref _inForce));
            var target = $"/things/{number}";
            // A body that rules look into is decided when all of it is there.
            var answer = number % 2 == 0 ? await bot.GetAsync($"/api{target}") : await bot.PostAsync($"/api{target}", """{ "amount": 5 }""");
            _calls.Add(new(target, from, Volatile.Read(ref _inForce), answer));
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The hash in force, once the files are what is in force, or with <paramref name="alarm"/> are not.</summary>
    private static async Task<string?> HashAsync(HttpClient probe, bool alarm)
    {
        using var said = System.Text.Json.JsonDocument.Parse(await probe.GetStringAsync(new Uri("/readyz", UriKind.Relative), TestContext.Current.CancellationToken));
        return said.RootElement.GetProperty("status").GetString() == (alarm ? "alarm" : "ok") ? said.RootElement.GetProperty("policy").GetProperty("hash").GetString() : null;
    }

    private static void Swap(string folder, string text)
    {
        var next = Path.Combine(folder, ".next");
        File.WriteAllText(next, text);
        File.Move(next, Path.Combine(folder, "api.yaml"), overwrite: true);
    }

    private static bool IsDenied(int version) => version % 3 == 0;

    private string Policy(int version) => $$"""
        version: 1
        route: api
        prefix: /api
        upstream: { url: "{{_upstream.Address.GetLeftPart(UriPartial.Authority)}}", timeout: 30s }
        credentials: { c-{{version}}: { type: header, name: X-Version, value: "version {{version}}" } }
        credential: c-{{version}}
        default: deny
        rules:
          - { id: a-{{version}}, effect: {{(IsDenied(version) ? "deny" : "allow")}}, match: { paths: ["/**"] } }
          - id: b-{{version}}
            effect: {{(IsDenied(version) ? "deny" : "allow")}}
            match: { any: [{ methods: [GET], paths: ["/things/*"] }, { methods: [POST], where: [{ field: body.amount, lte: 10 }] }] }

        """;

    /// <summary>A call that was made, and the versions that were known to be in force when it began and when its answer was there.</summary>
    private sealed record Made(string Target, int From, int To, Answer Answer);
}
