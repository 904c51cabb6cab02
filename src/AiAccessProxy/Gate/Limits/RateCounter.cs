using AiAccessProxy.Policies;

namespace AiAccessProxy.Gate.Limits;

/// <summary>
/// Counts the calls of agents against the rates of the policy, in the memory of this instance. Exact: no span of time of a limit's length
/// has more calls than the limit says. Counted by a monotonic clock, so that setting the clock gives nobody more.
/// </summary>
internal sealed class RateCounter(TimeProvider time)
{
    /// <summary>Agents and limits are few; when names changed often, what nobody counts with any more is let go.</summary>
    private const int ManyCounts = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Agent, Rated Rate), Queue<long>> _counts = [];

    /// <summary>Counts a call in all of these, or in none: then the limit that is met, and how long until the call would fit.</summary>
    public (Rated Rate, TimeSpan Wait)? Take(string agent, IReadOnlyList<Rated> rates)
    {
        if (rates.Count == 0) return null;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            if (_counts.Count > ManyCounts) LetGo(now);
            (Rated Rate, TimeSpan Wait)? met = null;
            foreach (var rate in rates)
            {
                var calls = Calls(agent, rate);
                while (calls.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= rate.Limit.Within) calls.Dequeue();
                if (calls.Count < rate.Limit.Calls) continue;
                var wait = rate.Limit.Within - time.GetElapsedTime(calls.Peek(), now);
                if (met is null || wait > met.Value.Wait) met = (rate, wait);
            }

            if (met is null)
            {
                foreach (var rate in rates) Calls(agent, rate).Enqueue(now);
            }

            return met;
        }
    }

    private Queue<long> Calls(string agent, Rated rate)
    {
        if (!_counts.TryGetValue((agent, rate), out var calls)) _counts[(agent, rate)] = calls = new();
        return calls;
    }

    private void LetGo(long now)
    {
        foreach (var ((agent, rate), calls) in _counts.ToList())
        {
            if (calls.Count == 0 || time.GetElapsedTime(calls.Last(), now) >= rate.Limit.Within) _counts.Remove((agent, rate));
        }
    }
}
