using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace Instances;

/// <summary>Calls that are held, and the votes that let them go.</summary>
/// <param name="agents">The instances that hold, in turn.</param>
/// <param name="console">The instance that is voted through.</param>
internal sealed class Load(IReadOnlyList<HttpClient> agents, HttpClient console)
{
    /// <summary>They come one after the other: how fast a thousand tickets are opened is not what is asked.</summary>
    private const int AtOnce = 50;

    /// <returns>Once all are held: their answers, and the paths of the calls by their tickets.</returns>
    public async Task<Held> HoldAsync(string name, int held)
    {
        var calls = new List<Task<HttpResponseMessage>>();
        IReadOnlyDictionary<string, string> tickets = new Dictionary<string, string>();
        foreach (var some in Enumerable.Range(0, held).Chunk(AtOnce))
        {
            foreach (var i in some) calls.Add(agents[i % agents.Count].PostAsync(new Uri($"/bench/{name}/{i}", UriKind.Relative), JsonContent.Create(new { n = i })));
            tickets = await PendingAsync(calls);
        }

        return new(calls, tickets);
    }

    /// <param name="votesASecond">At most; null as fast as they are answered.</param>
    /// <returns>When each vote was sent, by the path of its call; how many calls were answered 200; and how long it took from the first vote to the last answer.</returns>
    public async Task<(IReadOnlyDictionary<string, long> Asked, int Answered, TimeSpan Took)> ReleaseAsync(Held held, int votesAtOnce, int? votesASecond)
    {
        var asked = new ConcurrentDictionary<string, long>();
        var (started, sent) = (Micros.Now, 0);
        await Parallel.ForEachAsync(held.Tickets, new ParallelOptions { MaxDegreeOfParallelism = votesAtOnce }, async (ticket, stop) =>
        {
            if (votesASecond is { } pace)
            {
                var due = started + (Interlocked.Increment(ref sent) * 1_000_000L / pace);
                await Task.Delay(TimeSpan.FromMicroseconds(Math.Max(0, due - Micros.Now)), TimeProvider.System, stop);
            }

            asked[ticket.Value] = Micros.Now;
            using var vote = await console.PostAsJsonAsync(new Uri($"/api/v1/tickets/{ticket.Key}/votes", UriKind.Relative), new { vote = "approve" }, stop);
            vote.EnsureSuccessStatusCode();
        });
        var answers = await Task.WhenAll(held.Calls);
        foreach (var failed in answers.Where(answer => !answer.IsSuccessStatusCode).Take(3)) Console.WriteLine(await WordsAsync(failed));
        return (asked, answers.Count(answer => answer.IsSuccessStatusCode), TimeSpan.FromMicroseconds(Micros.Now - started));
    }

    private static async Task<string> WordsAsync(HttpResponseMessage answer) => $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";

    /// <summary>The tickets and the paths of their calls, once all are there.</summary>
    private async Task<Dictionary<string, string>> PendingAsync(IReadOnlyList<Task<HttpResponseMessage>> calls)
    {
        var pending = new Dictionary<string, string>();
        while (pending.Count < calls.Count)
        {
            if (calls.FirstOrDefault(call => call.IsCompleted) is { } ended) throw new InvalidOperationException($"A call was not held: {await WordsAsync(await ended)}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
            for (string? cursor = ""; cursor is not null;)
            {
                var page = await console.GetFromJsonAsync<JsonElement>(new Uri($"/api/v1/tickets?state=pending&limit=500{cursor}", UriKind.Relative));
                foreach (var ticket in page.GetProperty("tickets").EnumerateArray())
                    pending[ticket.GetProperty("id").GetString()!] = ticket.GetProperty("action").GetProperty("target").GetString()!;
                cursor = page.TryGetProperty("next", out var next) && next.GetString() is { } place ? $"&cursor={Uri.EscapeDataString(place)}" : null;
            }
        }

        return pending;
    }

    public sealed record Held(IReadOnlyList<Task<HttpResponseMessage>> Calls, IReadOnlyDictionary<string, string> Tickets);
}
