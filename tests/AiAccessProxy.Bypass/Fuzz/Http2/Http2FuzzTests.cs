using System.Globalization;
using System.Text;
using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Bypass.Fuzz.Http2;

/// <summary>
/// Frames of HTTP/2 made and changed in any way, over TLS and with the whole product between: nothing gets past the policy, every stream that
/// its agent has ended comes to an end, and nothing fails inside.
/// </summary>
public class Http2FuzzTests
{
    private const int Usual = 600;
    private const int Together = 16;

    /// <summary>Of <see cref="Together"/> conversations each; then the product starts anew, on the other ground.</summary>
    private const int Volleys = 15;

    private static readonly string Folder = Path.Combine(Built.Root, "tests", "AiAccessProxy.Bypass", "Fuzz", "Http2", "Corpus");

    /// <summary>
    /// Where the server itself stumbles, and closes the connection as it would have to anyway: over the indexed field 0, which there is none of
    /// and is an error of compression; and over an agent that leaves in the middle of a write, when TLS ends with a write of its own. The third is its defence against one
    /// that has more to be told (resets, pings, settings) than it reads; a busy machine makes any agent such a one.
    /// </summary>
    private static readonly string[] ServersOwn =
        ["Http2Connection.OnStaticIndexedHeader", "another write operation is pending", "exceeded the output operations maximum queue size"];

    private readonly Dictionary<string, Conversation> _ways = [];
    private readonly Dictionary<string, Conversation> _marks = [];
    private readonly Dictionary<string, int> _said = [];
    private int _arrived;

    private static IReadOnlyList<Conversation> Known =>
        [.. Directory.EnumerateFiles(Folder, "*.txt").Order(StringComparer.Ordinal).Select(file => Conversation.Read(File.ReadAllText(file)))];

    [Fact]
    public async Task Every_conversation_of_the_corpus_still_holds()
    {
        foreach (var ground in FuzzGround.All)
        {
            await using var lab = await Lab.StartTlsAsync(ground.Write);
            foreach (var some in Known.Chunk(Together)) await HoldAsync(lab, some);
            await CheckAsync(lab, ground, "the corpus");
        }

        Assert.InRange(_ways.Count, 20, int.MaxValue);
    }

    [Fact]
    public async Task No_frames_however_they_are_changed_get_past_the_policy_or_leave_a_stream_open()
    {
        var seed = Seed.Of(20261125);
        var (known, kept) = (Known, Known.ToList());
        var length = FuzzLength.Of(Usual);
        for (var lap = 0; length.GoesOn(_marks.Count); lap++)
        {
            var ground = FuzzGround.All[lap % FuzzGround.All.Count];
            await using var lab = await Lab.StartTlsAsync(ground.Write);
            for (var volley = 0; volley < Volleys && length.GoesOn(_marks.Count); volley++)
                kept.AddRange(await HoldAsync(lab, [.. Enumerable.Range(0, Together).Select(_ => Next(ground, kept, seed.Chance))]));
            await CheckAsync(lab, ground, seed.ToString());
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{seed}: {_marks.Count} conversations of {_marks.Values.Sum(one => one.Calls)} calls, {_arrived} arrived, {_ways.Count} ways; {string.Join(", ", _said.OrderByDescending(one => one.Value).Select(one => $"{one.Value} x {one.Key}"))}"));
        if (!FuzzLength.Writes) return;
        foreach (var (way, conversation) in _ways) await File.WriteAllTextAsync(Path.Combine(Folder, Corpus.NameOf(way)), conversation.ToString());
    }

    [Fact]
    public void A_conversation_is_the_same_after_it_was_written_down()
    {
        var chance = new Random(1);
        for (var run = 0; run < 500; run++)
        {
            var conversation = Next(FuzzGround.All[0], [FrameGrammar.Of(() => Grammar.Call(chance), chance)], chance);
            Assert.Equal(conversation.Bytes(Conversation.Key, Conversation.Mark), Conversation.Read(conversation.ToString()).Bytes(Conversation.Key, Conversation.Mark));
        }
    }

    private static Conversation Next(Ground ground, List<Conversation> kept, Random chance) => kept.Count == 0 || chance.Next(3) > 0
        ? FrameGrammar.Of(() => Call(ground, chance), chance)
        : FrameMutation.Of(Grammar.Pick(kept, chance), Grammar.Pick(kept, chance), chance);

    private static Spelling Call(Ground ground, Random chance)
    {
        var start = Grammar.Pick(ground.Starts, chance);
        start = start with { Target = $"/{ground.Name}{start.Target}" };
        return chance.Next(3) == 0 ? Mutation.Of(start, Grammar.Call(chance), chance) : start;
    }

    /// <summary>Those of them that took a new way.</summary>
    private async Task<IReadOnlyList<Conversation>> HoldAsync(Lab lab, IReadOnlyList<Conversation> conversations)
    {
        var first = _marks.Count;
        foreach (var conversation in conversations) _marks.Add(MarkOf(_marks.Count), conversation);
        var talks = await Task.WhenAll(conversations.Select((conversation, at) => Talk.HoldAsync(lab, conversation, MarkOf(first + at))));
        foreach (var (talk, conversation) in talks.Zip(conversations))
        {
            Assert.True(talk.Unanswered.Count == 0, $"no end of {string.Join(", ", talk.Unanswered)} ({talk.Way}):\n{conversation}");
            Assert.False(talk.Said.Overlaps(["500", "502"]), $"{talk.Way}:\n{conversation}");
            foreach (var said in talk.Said) _said[said] = _said.GetValueOrDefault(said) + 1;
        }

        return [.. talks.Zip(conversations).Where(one => _ways.TryAdd(one.First.Way, one.Second)).Select(one => one.Second)];
    }

    private static string MarkOf(int number) => string.Create(CultureInfo.InvariantCulture, $"h{number:D7}");

    private async Task CheckAsync(Lab lab, Ground ground, string seed)
    {
        await Alive.CheckAsync(lab, ground is DenyListGround ? "/open/v1/charges/ch_1" : "/closed/public/a");
        var unexpected = lab.Journal.Unexpected.Where(entry => !ServersOwn.Any(known => entry.Contains(known, StringComparison.Ordinal))).ToList();
        Assert.True(unexpected.Count == 0, $"{seed}: {unexpected.Count} x\n{string.Join('\n', unexpected.Take(5))}");

        var decided = (await lab.RecordsAsync()).Values.Where(record => record is { Kind: RecordKind.Decided, Decision: "allow" })
            .CountBy(record => $"{record.Action!.Method} {record.Action.Target}").ToDictionary();
        foreach (var (call, count) in lab.Upstream.Requests.CountBy(request => $"{request.Method} {request.Target}"))
            Assert.True(count <= decided.GetValueOrDefault(call), $"{seed}: {call} arrived {count} times and was allowed {decided.GetValueOrDefault(call)} times");

        foreach (var requests in lab.Upstream.Requests.Where(request => request.Header(Spelling.CaseHeader) != Alive.Number).GroupBy(request => request.Header(Spelling.CaseHeader)?.Split('-')[0] ?? ""))
        {
            var conversation = _marks.GetValueOrDefault(requests.Key);
            var why = conversation is null ? "arrived with no mark that was sent"
                : requests.Count() > conversation.Calls ? $"arrived {requests.Count()} times"
                : requests.Select(request => FuzzGround.Breach(ground.Name, model => model.See(request))).FirstOrDefault(breach => breach is not null);
            Assert.True(why is null, $"{seed}: {why}\n{requests.First().Line}\n{conversation}");
        }

        // What was cut off by its sender may be torn; what hides in it may not begin anything.
        Assert.DoesNotContain(lab.Upstream.Torn, torn => Encoding.Latin1.GetString(torn).StartsWith("DELETE /admin", StringComparison.Ordinal));
        _arrived += lab.Upstream.Requests.Count - 1;
    }
}
