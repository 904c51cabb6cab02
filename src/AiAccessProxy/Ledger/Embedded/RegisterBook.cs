using System.Collections.Immutable;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// All registers as one immutable value: what is staged for a batch is simply another book, thrown away when the batch could not be made
/// durable, and readers always hold a consistent one without a lock.
/// </summary>
internal sealed record RegisterBook
{
    private static readonly ImmutableSortedSet<Dated> NoDates = ImmutableSortedSet<Dated>.Empty;
    private static readonly ImmutableSortedSet<string> NoKeys = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public static RegisterBook Empty { get; } = new();

    public ImmutableDictionary<RegisterId, Held> Registers { get; private init; } = ImmutableDictionary<RegisterId, Held>.Empty;

    private ImmutableDictionary<UniqueKey, RegisterId> Holders { get; init; } = ImmutableDictionary<UniqueKey, RegisterId>.Empty;

    private ImmutableSortedSet<Dated> Dues { get; init; } = NoDates;

    private ImmutableSortedSet<Dated> Forgets { get; init; } = NoDates;

    /// <summary>Keys of the live registers by kind and group.</summary>
    private ImmutableDictionary<(string Kind, string Group), ImmutableSortedSet<string>> Groups { get; init; } =
        ImmutableDictionary<(string, string), ImmutableSortedSet<string>>.Empty;

    public Register? Read(RegisterId id, DateTimeOffset now) =>
        Registers.TryGetValue(id, out var held) && !held.IsForgotten(now) ? held.Register : null;

    public Register? Find(UniqueKey key, DateTimeOffset now) => Holders.TryGetValue(key, out var holder) ? Read(holder, now) : null;

    public IEnumerable<Register> Due(string kind, DateTimeOffset before, DateTimeOffset now) =>
        Dues.TakeWhile(due => due.When <= before)
            .Where(due => due.Id.Kind == kind)
            .Select(due => Read(due.Id, now))
            .OfType<Register>();

    public IEnumerable<Register> Live(string kind, string? group) =>
        (group is null ? Groups.Where(entry => entry.Key.Kind == kind).SelectMany(entry => entry.Value) : LiveKeys(kind, group))
        .Select(key => Registers[new(kind, key)].Register);

    public int LiveCount(string kind, string group) => LiveKeys(kind, group).Count;

    /// <summary>Without the registers that may be forgotten by now, and without the keys they held.</summary>
    public RegisterBook Forget(DateTimeOffset now)
    {
        var book = this;
        while (!book.Forgets.IsEmpty && book.Forgets.Min is { } next && next.When <= now) book = book.Without(next.Id);
        return book;
    }

    /// <summary>With the register as it is given. Keys that another register held are that one's no longer.</summary>
    public RegisterBook With(Held held)
    {
        var book = Without(held.Id);
        var holders = book.Holders.ToBuilder();
        var registers = book.Registers;
        foreach (var key in held.Keys)
        {
            if (holders.TryGetValue(key, out var other) && registers.TryGetValue(other, out var loser))
                registers = registers.SetItem(other, loser with { Keys = loser.Keys.Remove(key) });
            holders[key] = held.Id;
        }

        return book with
        {
            Registers = registers.Add(held.Id, held),
            Holders = holders.ToImmutable(),
            Dues = held.Due is { } due ? book.Dues.Add(new(due, held.Id)) : book.Dues,
            Forgets = !held.Register.IsLive && held.ForgetAfter is { } forget ? book.Forgets.Add(new(forget, held.Id)) : book.Forgets,
            Groups = held.LiveGroup is { } group
                ? book.Groups.SetItem((held.Id.Kind, group), book.LiveKeys(held.Id.Kind, group).Add(held.Id.Key))
                : book.Groups,
        };
    }

    private RegisterBook Without(RegisterId id)
    {
        if (!Registers.TryGetValue(id, out var held)) return this;
        return this with
        {
            Registers = Registers.Remove(id),
            Holders = Holders.RemoveRange(held.Keys),
            Dues = held.Due is { } due ? Dues.Remove(new(due, id)) : Dues,
            Forgets = held.ForgetAfter is { } forget ? Forgets.Remove(new(forget, id)) : Forgets,
            Groups = held.LiveGroup is { } group ? WithoutLive((id.Kind, group), id.Key) : Groups,
        };
    }

    private ImmutableDictionary<(string Kind, string Group), ImmutableSortedSet<string>> WithoutLive((string Kind, string Group) group, string key)
    {
        var left = LiveKeys(group.Kind, group.Group).Remove(key);
        return left.IsEmpty ? Groups.Remove(group) : Groups.SetItem(group, left);
    }

    private ImmutableSortedSet<string> LiveKeys(string kind, string group) => Groups.GetValueOrDefault((kind, group), NoKeys);

    private readonly record struct Dated(DateTimeOffset When, RegisterId Id) : IComparable<Dated>
    {
        public int CompareTo(Dated other)
        {
            var order = When.CompareTo(other.When);
            if (order == 0) order = string.CompareOrdinal(Id.Kind, other.Id.Kind);
            return order != 0 ? order : string.CompareOrdinal(Id.Key, other.Id.Key);
        }
    }
}
