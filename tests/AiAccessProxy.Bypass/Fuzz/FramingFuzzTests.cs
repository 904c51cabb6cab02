using System.Globalization;
using System.Net.Sockets;
using System.Text;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Bypass.Fuzz;

/// <summary>Bytes on a socket that may be one request, two or none: what hides in a body never arrives, and nothing arrives twice.</summary>
public class FramingFuzzTests
{
    private const int Usual = 400;
    private const int Together = 32;
    private const int MostAnswers = 4;

    /// <summary>For how long an answer is waited for, from a server that may be waiting for the rest of the request.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    [Fact]
    public async Task Nothing_that_hides_in_a_request_ever_reaches_the_upstream()
    {
        var seed = Seed.Of(20261123);
        await using var lab = await Lab.StartAsync(FuzzGround.All[0].Write);
        var (sent, answered) = (new Dictionary<string, ReadOnlyMemory<byte>[]>(), new Dictionary<string, int>());
        for (var length = FuzzLength.Of(Usual); length.GoesOn(sent.Count);)
        {
            var batch = new List<ReadOnlyMemory<byte>[]>();
            for (var at = 0; at < Together; at++)
            {
                // Of one width: a mark that loses a digit is nobody's.
                var number = string.Create(CultureInfo.InvariantCulture, $"f{sent.Count:D8}");
                sent[number] = FramedBytes.InPieces(FramedBytes.Of(lab.Policies.Bot, number, seed.Chance), seed.Chance);
                batch.Add(sent[number]);
            }

            await Parallel.ForEachAsync(batch, new ParallelOptions { MaxDegreeOfParallelism = Together }, async (pieces, _) =>
            {
                foreach (var said in await AnswersAsync(lab, pieces))
                    lock (answered) answered[said] = answered.GetValueOrDefault(said) + 1;
            });
        }

        await Alive.CheckAsync(lab);
        var decided = (await lab.RecordsAsync()).Values.Where(record => record is { Kind: RecordKind.Decided, Decision: "allow" })
            .CountBy(record => $"{record.Action!.Method} {record.Action.Target}").ToDictionary();
        var arrived = lab.Upstream.Requests.ToLookup(FramedBytes.MarksOf);
        foreach (var requests in arrived)
        {
            var why = requests.Key.Length == 0 ? "arrived without a mark"
                : requests.Count() > 1 ? $"arrived {requests.Count()} times"
                : FuzzGround.Breach("open", model => model.See(requests.First()));
            Assert.True(why is null, $"{seed}: {why}\n{requests.First().Line}\n{string.Join('\n', requests.Key.Split(' ', '-').Distinct().Where(sent.ContainsKey).Select(mark => Told(sent[mark])))}");
        }

        // An agent may send two requests in one go; one that only the upstream saw was decided on by nobody.
        foreach (var (call, count) in lab.Upstream.Requests.CountBy(request => $"{request.Method} {request.Target}"))
            Assert.True(count <= decided.GetValueOrDefault(call), $"{seed}: {call} arrived {count} times and was allowed {decided.GetValueOrDefault(call)} times");

        // What was cut off by its sender may be torn; what hides in it may not begin anything.
        Assert.DoesNotContain(lab.Upstream.Torn, torn => Encoding.Latin1.GetString(torn).StartsWith("DELETE", StringComparison.Ordinal));
        var refused = answered.Where(one => one.Key[0] == '4').Sum(one => one.Value);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{seed}: {sent.Count} requests, {arrived.Count - 1} arrived, {refused} answers 4xx; {string.Join(", ", answered.OrderByDescending(one => one.Value).Select(one => $"{one.Value} x {one.Key}"))}");
        Assert.DoesNotContain(answered.Keys, said => said.StartsWith("500", StringComparison.Ordinal));
    }

    private static async Task<List<string>> AnswersAsync(Lab lab, ReadOnlyMemory<byte>[] pieces)
    {
        await using var adversary = await lab.ConnectAsync();
        var answers = new List<string>();
        try
        {
            await adversary.SendAsync(pieces);
        }
        catch (Exception refused) when (refused is IOException or SocketException)
        {
            // Answered and closed before all of it was sent.
        }

        var next = adversary.AnswerAsync("POST");
        try
        {
            for (; answers.Count < MostAnswers && await next.WaitAsync(Patience, TimeProvider.System) is { } answer && adversary.IsOpen; next = adversary.AnswerAsync("POST"))
                answers.Add(answer.Said);
            if (next.IsCompletedSuccessfully && next.Result is { } last) answers.Add(last.Said);
        }
        catch (TimeoutException)
        {
            if (answers.Count == 0) answers.Add("waits");
            Quit(adversary);
            await next;
        }

        return answers.Count > 0 ? answers : ["closed"];
    }

    private static void Quit(Http1Adversary adversary)
    {
        try
        {
            adversary.Finish();
        }
        catch (SocketException)
        {
            // Closed from the other side.
        }
    }

    private static string Told(ReadOnlyMemory<byte>[] pieces) => string.Join("<cut>", pieces.Select(piece => Encoding.Latin1.GetString(piece.Span)))
        .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n\n", StringComparison.Ordinal);
}
