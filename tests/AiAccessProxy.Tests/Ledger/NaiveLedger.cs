using System.Text;
using AiAccessProxy.Ledger;

namespace AiAccessProxy.Tests.Ledger;

/// <summary>What a ledger means, in the plainest way: a list of records and a list of registers, copied before every change.</summary>
internal sealed class NaiveLedger
{
    private List<Row> _rows = [];

    public List<string> Details { get; } = [];

    public long RevisionOf(RegisterId id) => _rows.Find(row => row.Id == id)?.Revision ?? 0;

    public bool HasEnded(RegisterId id) => _rows.Exists(row => row.Id == id && row.Group is null);

    public string Append(string detail)
    {
        Details.Add(detail);
        return $"at {Details.Count}";
    }

    public string Commit(Change change, DateTimeOffset now)
    {
        Forget(now);
        foreach (var move in change.Moves)
            if (RevisionOf(move.Id) != move.FromRevision) return Conflict(move.Id);
        foreach (var check in change.Checks)
            if (RevisionOf(check.Id) != check.Revision) return Conflict(check.Id);
        if (change.Moves.Any(move => move.NotAfter is { } limit && now >= limit)) return "too late";

        var before = _rows.ConvertAll(row => row with { Keys = [.. row.Keys] });
        foreach (var move in change.Moves)
        {
            Forget(now);
            if (Make(move) is not { } refusal) continue;
            _rows = before;
            return refusal;
        }

        Details.AddRange(change.Records.Select(record => record.Detail!));
        return $"done at {Details.Count}";
    }

    /// <summary>Everything that can be seen, in a fixed order.</summary>
    public string Seen(DateTimeOffset now, IEnumerable<RegisterId> ids, IEnumerable<UniqueKey> keys, DateTimeOffset dueBefore)
    {
        Forget(now);
        var seen = new StringBuilder().AppendJoin(',', Details).AppendLine();
        foreach (var row in ids.Select(id => _rows.Find(row => row.Id == id)).OfType<Row>())
            seen.AppendLine($"{row.Id} {row.Revision} {row.State} {row.Group is not null}");
        foreach (var key in keys) seen.AppendLine($"{key.Value} {_rows.Find(row => row.Keys.Contains(key))?.Id}");
        foreach (var kind in new[] { "ticket", "note" })
        {
            seen.AppendLine(Listed(_rows.Where(row => row.Id.Kind == kind && row.Group is not null)));
            seen.AppendLine(Listed(_rows.Where(row => row.Id.Kind == kind && row.Group == "one")));
            seen.AppendLine(Listed(_rows.Where(row => row.Id.Kind == kind && row.Due <= dueBefore)));
        }

        return seen.ToString();
    }

    private static string Listed(IEnumerable<Row> rows) => string.Join(' ', rows.Select(row => row.Id.Key).Order(StringComparer.Ordinal));

    private string? Make(Move move)
    {
        foreach (var claim in move.Unique)
        {
            var holder = _rows.Find(row => row.Keys.Contains(claim.Key));
            if (holder is null || holder.Id == move.Id) continue;
            if (holder.Id != claim.InsteadOf || holder.Group is not null) return Conflict(holder.Id);
        }

        var living = _rows.Count(row => row.Id.Kind == move.Id.Kind && row.Group == move.LiveGroup);
        if (move.FromRevision == 0 && move.LiveGroup is not null && move.LiveLimit is { } limit && living + 1 > limit) return $"limit {limit}";

        var keys = move.Unique.Select(claim => claim.Key).ToList();
        _rows.RemoveAll(row => row.Id == move.Id);
        foreach (var row in _rows) row.Keys.RemoveAll(keys.Contains);
        _rows.Add(new(move.Id, move.FromRevision + 1, Encoding.UTF8.GetString(move.State.Span), move.LiveGroup, move.Due, move.ForgetAfter, keys));
        return null;
    }

    private string Conflict(RegisterId id) => RevisionOf(id) == 0 ? "conflict with nothing" : $"conflict {id} {RevisionOf(id)}";

    private void Forget(DateTimeOffset now) => _rows.RemoveAll(row => row.Group is null && row.ForgetAfter is { } forget && forget <= now);

    private sealed record Row(
        RegisterId Id, long Revision, string State, string? Group, DateTimeOffset? Due, DateTimeOffset? ForgetAfter, List<UniqueKey> Keys);
}
