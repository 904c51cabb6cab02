using System.Globalization;

namespace AiAccessProxy.Bypass.Harness;

/// <summary>Many calls over a few connections, each told apart by its own <see cref="Spelling.CaseHeader"/>.</summary>
internal static class Volley
{
    private const int Connections = 8;

    private static int _fired;

    /// <summary>Sends them all, and matches what arrived at the upstream with what was sent.</summary>
    public static async Task<IReadOnlyList<Shot>> FireAsync(Lab lab, IReadOnlyList<Spelling> calls, Func<Task<IAdversary>> connect)
    {
        var answers = new Answer?[calls.Count];
        var volley = Interlocked.Increment(ref _fired);
        var before = lab.Upstream.Requests.Count;
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            IAdversary? adversary = null;
            for (var at = Interlocked.Increment(ref next); at < calls.Count; at = Interlocked.Increment(ref next))
            {
                if (adversary is { IsOpen: false }) await adversary.DisposeAsync();
                if (adversary is not { IsOpen: true }) adversary = await connect();
                answers[at] = await adversary.CallAsync(calls[at], lab.Policies.Bot, NumberOf(volley, at));
            }

            if (adversary is not null) await adversary.DisposeAsync();
        }));

        var arrived = lab.Upstream.Requests.Skip(before).ToLookup(request => request.Header(Spelling.CaseHeader) ?? "");
        var shots = calls.Select((call, at) => new Shot(call, answers[at], [.. arrived[NumberOf(volley, at)]])).ToList();
        // Whatever came in without the mark of one of these calls was made by somebody else's reading of one.
        var strays = arrived.Sum(group => group.Count()) - shots.Sum(shot => shot.Arrived.Count);
        Assert.True(strays == 0, $"{strays} requests reached the upstream that nobody sent");
        Assert.Empty(lab.Upstream.Torn);
        return shots;
    }

    private static string NumberOf(int volley, int at) => string.Create(CultureInfo.InvariantCulture, $"{volley}-{at}");
}
