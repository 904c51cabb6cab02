using AiAccessProxy.Actions;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>A stretch of one part of a call that rules redact; <paramref name="Field"/> names every field that it covers.</summary>
internal readonly record struct Redaction(int Start, int Length, string Field)
{
    /// <summary>The first place behind it.</summary>
    public int End => Start + Length;

    /// <summary>
    /// The stretches that <paramref name="fields"/> cover in a part of <paramref name="length"/> bytes, in order, those that overlap united.
    /// Null when it cannot be told what to redact: then nothing of the part may be shown.
    /// </summary>
    public static IReadOnlyList<Redaction>? In(int length, IEnumerable<NamedReading> fields)
    {
        var found = new List<Redaction>();
        foreach (var (field, reading) in fields)
        {
            var places = reading switch
            {
                FieldReading.Present present => present.Values,
                FieldReading.Unreadable unreadable => unreadable.Places,
                _ => [],
            };
            if (places is null) return null;
            found.AddRange(places.Select(value => new Redaction(value.Json.Start, value.Json.Length, field.Text)));
        }

        return found.Any(one => one.Start < 0 || one.Length < 0 || one.Start > length - one.Length) ? null : United(found);
    }

    /// <summary>What of it reaches into a stretch of the part, counted from where that begins; null when nothing does.</summary>
    public Redaction? Within(int start, int length)
    {
        var (from, to) = (Math.Max(Start, start), Math.Min(End, start + length));
        // An empty redaction says that the field is there and empty; it has no stretch of its own to be cut.
        return from < to || (Length == 0 && Start >= start && Start <= start + length) ? this with { Start = from - start, Length = Math.Max(0, to - from) } : null;
    }

    private static List<Redaction> United(IEnumerable<Redaction> found)
    {
        var united = new List<Redaction>();
        foreach (var one in found.OrderBy(one => one.Start).ThenByDescending(one => one.Length))
        {
            if (united.Count > 0 && one.Overlaps(united[^1])) united[^1] = united[^1].With(one);
            else united.Add(one);
        }

        return united;
    }

    private bool Overlaps(Redaction before) => Start < before.End || this == before;

    private Redaction With(Redaction other) => this with
    {
        Length = Math.Max(End, other.End) - Start,
        Field = Field.Split(", ").Contains(other.Field) ? Field : $"{Field}, {other.Field}",
    };
}
