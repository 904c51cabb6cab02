namespace AiAccessProxy.Policies;

/// <summary>Whether there are people enough for needs: one person meets one need only.</summary>
internal static class Seating
{
    /// <param name="meant">The people whom <c>group:x</c> or <c>person:y</c> means.</param>
    /// <param name="without">People who do not count.</param>
    public static bool CanBeMet(IEnumerable<Need> needs, Func<string, IEnumerable<string>> meant, IReadOnlySet<string> without)
    {
        var seats = needs.SelectMany(need => Enumerable.Repeat(
            need.From.SelectMany(meant).Where(person => !without.Contains(person)).Distinct().ToList(), need.Approvals)).ToList();
        var seatOf = new Dictionary<string, int>(StringComparer.Ordinal);
        return Enumerable.Range(0, seats.Count).All(seat => Seat(seat, []));

        // Kuhn's bipartite matching: whoever has a seat may move to another.
        bool Seat(int seat, HashSet<string> tried) => seats[seat].Any(person =>
        {
            if (!tried.Add(person)) return false;
            if (seatOf.TryGetValue(person, out var taken) && !Seat(taken, tried)) return false;
            seatOf[person] = seat;
            return true;
        });
    }
}
