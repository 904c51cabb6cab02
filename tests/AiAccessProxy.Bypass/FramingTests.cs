using System.Globalization;
using System.Text;
using AiAccessProxy.Bypass.Framing;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass;

/// <summary>Requests that are framed so that servers disagree where they end: none of them carries another one to the upstream.</summary>
public class FramingTests
{
    private const int AtOnce = 8;

    // The server may wait for more of what it takes for a head or a body, and for another request: it gives up by itself, and soon. An agent
    // that ended its side instead would have left, and nobody would see what the server made of its bytes.
    private static readonly string[] Soon = ["--gate:limits:headerTime", "00:00:04", "--gate:limits:minRateGrace", "00:00:02", "--gate:limits:keepAlive", "00:00:02"];

    // What lies behind a malformed request is allowed and has a key: whoever takes it for a request of its own sends it on.
    private const string Rules = """
        - id: read-whole
          match: { methods: [POST, PUT], paths: ["/whole/**"], where: [{ field: body.amount, gt: 10 }] }
          effect: deny
        - id: rest
          match: { methods: [GET, POST, PUT, DELETE], paths: ["/**"] }
          effect: allow

        """;

    [Fact]
    public async Task No_malformed_request_carries_a_second_one_to_the_upstream()
    {
        await using var lab = await LabAsync();
        List<FramingCase> cases = [.. Cases(lab, "POST", "/api/open/a"), .. Cases(lab, "PUT", "/api/whole/a"), .. Cases(lab, "DELETE", "/api/open/a")];
        var answers = await ShootAsync(lab, cases, Smuggled(lab));

        var said = string.Join(", ", answers.CountBy(answer => answer?.Said ?? "closed").OrderByDescending(one => one.Value).Select(one => $"{one.Value} x {one.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{cases.Count} requests: {said}");
        var passed = cases.Zip(answers).Where(one => !IsRefused(one.Second)).Select(one => $"{one.Second?.Said ?? "closed"} <- {Short(one.First.ToString())}").ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', passed));
        Assert.InRange(cases.Count, 600, int.MaxValue);
        Assert.DoesNotContain(lab.Upstream.Requests, request => request.Line.Contains("smuggled", StringComparison.Ordinal));
        Assert.True(passed.Count * 100 < cases.Count, $"{passed.Count} of {cases.Count} were not refused:\n{string.Join('\n', passed)}");
        Assert.True(lab.Upstream.Requests.Count <= passed.Count, $"{lab.Upstream.Requests.Count} arrived, {passed.Count} were not refused");
    }

    [Fact]
    public async Task What_is_well_formed_arrives_once_and_so_does_what_follows()
    {
        await using var lab = await LabAsync();
        List<FramingCase> cases = [.. FramingCorpus.WellFormed("/api/open/a", Fields(lab)), .. FramingCorpus.WellFormed("/api/other/a", Fields(lab))];
        foreach (var one in cases)
        {
            await using var adversary = await lab.ConnectAsync();
            await adversary.SendAsync(one.Bytes, Encoding.Latin1.GetBytes(Smuggled(lab)));
            var before = lab.Upstream.Requests.Count;
            // The interim answer to an expectation comes first.
            var first = await adversary.AnswerAsync("POST");
            if (first?.Status == 100) first = await adversary.AnswerAsync("POST");
            Assert.True(first?.Status == 200, $"{first?.Said} <- {one}");
            Assert.Equal(200, (await adversary.AnswerAsync("GET"))?.Status);
            var arrived = lab.Upstream.Requests.Skip(before).ToList();
            Assert.Equal(["hello", ""], arrived.Select(request => Encoding.Latin1.GetString(request.Body)));
        }
    }

    [Theory]
    [InlineData("POST /api/open/a HTTP/1.1\r\nHost: api.example\r\n{0}Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n", true)]
    [InlineData("POST /api/open/a HTTP/1.1\r\nHost: api.example\r\n{0}Content-Length: 5\r\n\r\nhello", true)]
    [InlineData("POST /api/open/a HTTP/1.1\r\nHost: api.example\r\n{0}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", false)]
    [InlineData("POST /api/open/a HTTP/1.1\r\nHost: api.example\r\n{0}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", false)]
    [InlineData("POST /api/open/a HTTP/1.1\r\nHost: api.example\r\n{0}Transfer-Encoding: chunked\r\n\r\n5;\na\r\nhello\r\n0\r\n\r\n", false)]
    public async Task Cut_at_every_byte_a_request_is_what_it_is_in_one_piece(string text, bool isGood)
    {
        await using var lab = await LabAsync();
        var whole = new FramingCase("cut", string.Format(CultureInfo.InvariantCulture, text, Fields(lab)));
        var cuts = Enumerable.Range(1, whole.Text.Length - 1).ToList();
        var answers = new Answer?[cuts.Count];
        await Parallel.ForAsync(0, cuts.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (at, _) =>
        {
            await using var adversary = await lab.ConnectAsync();
            answers[at] = await SendAsync(adversary, whole.Bytes[..cuts[at]], [.. whole.Bytes[cuts[at]..], .. Encoding.Latin1.GetBytes(isGood ? "" : Smuggled(lab))]);
        });

        Assert.All(answers, answer => Assert.Equal(isGood, answer?.Status == 200));
        Assert.Equal(isGood ? cuts.Count : 0, lab.Upstream.Requests.Count);
    }

    private static Task<Lab> LabAsync() => Lab.StartAsync((policies, upstream) => policies.Route("api", upstream.Address, Rules), Soon);

    private static string Fields(Lab lab) => $"AiAccess-Token: {lab.Policies.Bot.Text}\r\n{Spelling.CaseHeader}: 1\r\nContent-Type: application/json\r\n";

    private static string Smuggled(Lab lab) => $"GET /api/open/smuggled HTTP/1.1\r\nHost: api.example\r\nAiAccess-Token: {lab.Policies.Bot.Text}\r\n\r\n";

    private static IEnumerable<FramingCase> Cases(Lab lab, string method, string target) => FramingCorpus.Malformed(method, target, Fields(lab));

    private static bool IsRefused(Answer? answer) => answer is { Status: (>= 400 and < 500) or 501 or 505 };

    private static string Short(string text) => text.Length <= 400 ? text : text[..400];

    private static async Task<Answer?[]> ShootAsync(Lab lab, List<FramingCase> cases, string behind)
    {
        var answers = new Answer?[cases.Count];
        await Parallel.ForAsync(0, cases.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (at, _) =>
        {
            await using var adversary = await lab.ConnectAsync();
            answers[at] = await SendAsync(adversary, [.. cases[at].Bytes, .. Encoding.Latin1.GetBytes(behind)]);
            // Whatever else the server makes of the bytes, it has made when it closes.
            while (await adversary.AnswerAsync("GET") is not null)
            {
            }
        });
        return answers;
    }

    private static async Task<Answer?> SendAsync(Http1Adversary adversary, params byte[][] pieces)
    {
        try
        {
            await adversary.SendAsync([.. pieces.Select(piece => (ReadOnlyMemory<byte>)piece)]);
        }
        catch (IOException)
        {
            // Refused before all of it was sent: an answer may be there all the same.
        }

        return await adversary.AnswerAsync("GET");
    }
}
