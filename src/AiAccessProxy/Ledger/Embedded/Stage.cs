namespace AiAccessProxy.Ledger.Embedded;

/// <summary>What a batch would change: evaluated in order, on a book of its own. Nothing of it is true before it is on disk.</summary>
internal sealed class Stage(RegisterBook book, Position last, DateTimeOffset now, Vault vault)
{
    private readonly LineWriter _lines = new();
    private readonly List<RegisterId> _keyed = [];
    private readonly List<RegisterId> _ended = [];
    private readonly List<RegisterId> _moved = [];

    public RegisterBook Book { get; private set; } = book.Forget(now);

    public Position Last { get; private set; } = last;

    public ReadOnlyMemory<byte> Lines => _lines.Written;

    /// <summary>Whether it has to be on disk before anybody is answered.</summary>
    public bool HasCommits { get; private set; }

    /// <summary>Registers that got a key in this batch.</summary>
    public IReadOnlyList<RegisterId> Keyed => _keyed;

    /// <summary>Registers whose keys are to be erased.</summary>
    public IReadOnlyList<RegisterId> Ended => _ended;

    public IReadOnlyList<RegisterId> Moved => _moved;

    public Position Add(byte[] stored)
    {
        Last = new(Last.Number + 1);
        _lines.Write(new Line.Recorded(Last, now, stored));
        return Last;
    }

    /// <exception cref="ArgumentException">No ledger could make this change.</exception>
    public Outcome Add(Change change, IReadOnlyList<byte[]> records)
    {
        if (ChangeRules.Apply(Book, change, now, out var refusal) is not { } after) return refusal!;
        var number = 1;
        var lines = records.Count + change.Moves.Count;
        foreach (var stored in records)
        {
            Last = new(Last.Number + 1);
            _lines.Write(new Line.Recorded(Last, now, stored) { Number = number, Lines = number == 1 ? lines : 1 });
            number++;
        }

        foreach (var move in change.Moves)
        {
            _lines.Write(Moving(move) with { Number = number, Lines = number == 1 ? lines : 1 });
            number++;
        }

        Book = after;
        HasCommits = true;
        return new Outcome.Done(Last, now);
    }

    private Line.Moved Moving(Move move)
    {
        var held = Held.After(move);
        _moved.Add(held.Id);
        if (held.Register.IsLive)
        {
            var state = vault.Seal(held.Register, out var isNew);
            if (isNew) _keyed.Add(held.Id);
            // It ended in this batch, was forgotten at once and lives again: under the key that it still has, which has to stay.
            _ended.Remove(held.Id);
            return new(held, state);
        }

        if (Book.Registers.TryGetValue(held.Id, out var before) && before.Register.IsLive) _ended.Add(held.Id);
        return new(held, null);
    }
}
