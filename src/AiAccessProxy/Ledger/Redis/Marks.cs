using System.Collections.Concurrent;

namespace AiAccessProxy.Ledger.Redis;

/// <summary>The marks of all registers that moved in the part of the stream that was read. They go up only, but for what was forgotten.</summary>
internal sealed class Marks
{
    private readonly ConcurrentDictionary<string, Mark> _marks = new(StringComparer.Ordinal);

    public int Count => _marks.Count;

    public Mark? Of(string id) => _marks.GetValueOrDefault(id);

    /// <summary>Takes a move of an entry whose seal is good.</summary>
    /// <returns>False when the register had moved on already: the store let it move from a state that stood no more.</returns>
    public bool TryTake(StreamMove move, StreamEntry entry)
    {
        var before = Of(move.Id);
        var begins = move.Revision == 1 && (before is null || before.IsForgotten(entry.StoredAt));
        if (before is not null && !begins && !Follows(move, before)) return false;
        _marks[move.Id] = new(
            move.Revision, move.Seal, move.IsLive, move.ForgetAfter, entry.Position.Number, begins ? entry.Position.Number - 1 : before?.Born);
        return true;
    }

    /// <summary>By leases a register comes further than its mark; who moves it then has read it, and says from what.</summary>
    private static bool Follows(StreamMove move, Mark before) => move.Before.Length > 0
        ? move.Before == before.Seal && move.Revision > before.Revision
        : move.Revision == before.Revision + 1;

    /// <summary>Takes what an earlier part of the stream tells: only of registers that did not move since.</summary>
    public void TakeEarlier(Marks earlier)
    {
        foreach (var (id, mark) in earlier._marks)
        {
            if (_marks.TryAdd(id, mark)) continue;
            if (_marks[id] is { Born: null } known) _marks.TryUpdate(id, known with { Born = mark.Born }, known);
        }
    }

    /// <summary>It was seen at this revision, to which it was kept alive since its mark.</summary>
    public void Keep(string id, string seal, long revision)
    {
        while (Of(id) is { } mark && mark.Seal == seal && mark.Kept < revision)
            if (_marks.TryUpdate(id, mark with { Kept = revision }, mark)) return;
    }

    /// <summary>Drops the marks of what was forgotten a while ago, so that they do not grow for ever.</summary>
    public void Forget(long before)
    {
        foreach (var (id, mark) in _marks)
            if (mark.IsForgotten(before)) _marks.TryRemove(KeyValuePair.Create(id, mark));
    }
}
