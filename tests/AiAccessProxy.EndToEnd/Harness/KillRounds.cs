using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>Rounds of a hundred different held calls, in the midst of which the proxy is killed and started again.</summary>
internal sealed class KillRounds : IAsyncDisposable
{
    private const int Calls = 100;
    private const int VotesAtOnce = 4;

    private readonly Random _random = new(20261121);
    private readonly RawUpstream _upstream;
    private readonly ConcurrentDictionary<string, Answer> _answers = new();
    private World _world = null!;
    private TaskCompletionSource<Agent> _agent = new();
    private TaskCompletionSource _killed = new();
    private KillSwitch _switch = new(KillPoint.VoteSent, 0);

    private KillRounds() => _upstream = new(AnswerAsync);

    public static async Task<KillRounds> StartAsync()
    {
        var rounds = new KillRounds();
        rounds._world = await World.StartAsync(
            policies => policies.Route("api", rounds._upstream.Address, Rules.WritesWait),
            "--approvals:maxTicketsPerAgent", "1000", "--approvals:maxHeldPerAgent", "1000", "--gate:hold", "00:05:00");
        rounds._agent.SetResult(rounds._world.Agent());
        return rounds;
    }

    /// <summary>One round; what is returned is for people to read.</summary>
    public async Task<string> FightAsync(int round, KillPoint point)
    {
        _killed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _switch = new(point, _random.Next(1, point == KillPoint.AnswerReceived ? Calls / 2 : Calls));
        using var over = new CancellationTokenSource();
        var agents = Enumerable.Range(0, Calls).Select(i => new StubbornAgent(
            () => _agent.Task, Target(round, i), string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{i}}}"""))).ToList();
        var calls = agents.Select(HearAsync).ToList();
        var tickets = await _world.Reviewer("grace").PendingAsync(Calls);

        var tail = new LedgerTail(_world.Data);
        if (point == KillPoint.VoteRecorded) _ = _switch.AfterAsync(tail.SeenAsync(RecordKind.VoteApprove, _switch.Count, over.Token));
        if (point == KillPoint.ExecutingRecorded) _ = _switch.AfterAsync(tail.SeenAsync(RecordKind.TicketExecuting, _switch.Count, over.Token));
        var voting = VoteAsync(tickets, _world.Reviewer("grace"));
        var reading = ReadAsync(round, _world.Agent());
        await Task.WhenAny(_switch.Thrown, Task.WhenAll(calls));
        _agent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _world.Proxy.KillAsync();
        await over.CancelAsync();
        var (count, answered) = (_switch.Count, _answers.Count - (round * Calls));
        _killed.SetResult();
        await Task.WhenAll(voting, reading);

        await _world.RestartAsync();
        _switch = new(point, int.MaxValue);
        _agent.SetResult(_world.Agent());
        var grace = _world.Reviewer("grace");
        var decided = Calls - (await grace.PendingAsync()).Count;
        await Eventually.HoldsAsync(async () =>
        {
            await VoteAsync(await grace.PendingAsync(), grace);
            return calls.TrueForAll(call => call.IsCompleted);
        }, $"every agent of round {round} is told how its call ended", TimeSpan.FromMinutes(1));

        var said = (await Task.WhenAll(calls)).GroupBy(answer => Outcome(answer)).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}");
        return string.Create(CultureInfo.InvariantCulture,
            $"killed at {point} {count} with {decided} decided and {answered} answered; {string.Join(", ", said)}; {agents.Sum(agent => agent.Tries)} tries");
    }

    /// <summary>Holds the upstream's log and the agents' answers against the ledger.</summary>
    public async Task JudgeAsync()
    {
        await _world.RestartAsync();
        Assert.Empty(await _world.Reviewer("grace").PendingAsync());
        var story = await _world.Story.AllAsync();
        var received = _upstream.Requests.Select(request => request.Target).Concat(_upstream.Torn.Select(TargetOf)).CountBy(target => target).ToDictionary();
        Assert.All(received, sent => Assert.True(sent.Value == 1, $"{sent.Key} came {sent.Value} times:\n{Told(story, sent.Key)}"));

        var tickets = story.Where(record => record.Kind == RecordKind.TicketOpened).ToLookup(record => record.Action!.Target, record => record.Ticket);
        var records = story.Where(record => record.Ticket is not null).ToLookup(record => record.Ticket);
        foreach (var (target, answer) in _answers)
        {
            var kinds = records[Assert.Single(tickets[target])].Select(record => record.Kind).Where(kind => kind != RecordKind.Refused).ToList();
            var ends = kinds.Where(kind => kind is RecordKind.CallExecuted or RecordKind.CallUnknown or RecordKind.CallFailed);
            Assert.Equal(
                [RecordKind.TicketOpened, RecordKind.VoteApprove, RecordKind.TicketApproved, RecordKind.TicketExecuting, Assert.Single(ends)], kinds);
            var times = received.GetValueOrDefault(target);
            if (answer.Status == 200 || kinds[^1] == RecordKind.CallExecuted) Assert.Equal((target, 1), (target, times));
            Assert.True(answer.Status == 200 || answer.Problem is "already-executed" or "outcome-unknown", $"{target}: {answer}");
        }

        var allowed = story.Where(record => record is { Kind: RecordKind.Decided, Decision: "allow" }).Select(record => record.Action!.Target).ToHashSet();
        Assert.All(received.Keys, target => Assert.True(tickets.Contains(target) || allowed.Contains(target), $"{target} was sent without its record"));
        var unsent = _answers.Keys.Count(target => !received.ContainsKey(target));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_answers.Count} calls: {_answers.Count - unsent} received once, {unsent} recorded as perhaps sent and not received, {_upstream.Torn.Count} torn; {received.Keys.Count(allowed.Contains)} reads beside them"));
    }

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    /// <summary>All that is on record of the tickets of one target.</summary>
    private static string Told(IReadOnlyList<LedgerRecord> story, string target) => string.Join('\n', story.Where(record => record.Action?.Target == target)
        .Select(record => $"{record.Time:HH:mm:ss.ffffff} {record.Kind} {record.Ticket} by {record.Instance}: {record.Outcome} {record.Detail}"));

    private static string Target(int round, int call) => string.Create(CultureInfo.InvariantCulture, $"/api/r{round}/{call}");

    private static string TargetOf(byte[] torn) => Encoding.Latin1.GetString(torn).Split(' ', '\r') is [_, var target, ..] ? target : "?";

    private static string Outcome(Answer answer) => answer.Problem == "already-executed"
        ? $"422 {answer.Json.GetProperty("task").GetProperty("execution").GetString()}"
        : answer.Said;

    private async Task<Answer> HearAsync(StubbornAgent agent)
    {
        var answer = await agent.AskAsync();
        _answers[agent.Target["/api".Length..]] = answer;
        _switch.Happened(KillPoint.AnswerReceived);
        return answer;
    }

    /// <summary>Plain reads, one after the other, until the proxy is gone: what is only allowed has its record, too, before it is sent.</summary>
    private static async Task ReadAsync(int round, Agent agent)
    {
        for (var read = 0; ; read++)
        {
            try
            {
                await agent.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/read/r{round}/{read}"));
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException or SocketException)
            {
                return;
            }
        }
    }

    /// <summary>Some calls are answered at once; the others are received, and answered only when the proxy is dead.</summary>
    private async Task<byte[]?> AnswerAsync(RawRequest request)
    {
        if (request.Method == "GET") return RawUpstream.Ok("read");
        _switch.Happened(KillPoint.CallReceived);
        if (request.Body[^2] % 3 == 0) await _killed.Task;
        return RawUpstream.Ok("done");
    }

    private async Task VoteAsync(IReadOnlyList<string> tickets, Reviewer reviewer)
    {
        var open = new ConcurrentQueue<string>(tickets.OrderBy(_ => _random.Next()));
        await Task.WhenAll(Enumerable.Range(0, VotesAtOnce).Select(async _ =>
        {
            while (open.TryDequeue(out var ticket))
            {
                try
                {
                    var vote = reviewer.ApproveAsync(ticket);
                    _switch.Happened(KillPoint.VoteSent);
                    Assert.Equal(200, (await vote).Status);
                    _switch.Happened(KillPoint.VoteAnswered);
                }
                catch (Exception gone) when (gone is HttpRequestException or IOException or SocketException)
                {
                    return;
                }
            }
        }));
    }
}
