using AiAccessProxy.Actions;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Policies;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Approvals.Showing;

/// <summary>Cutting many stretches out of a part spares exactly what cutting each by itself would.</summary>
public class RedactedPartTests
{
    /// <summary>Some reach beyond the part: of those it cannot be told what they redact, or there is no such stretch.</summary>
    private static Gen<(int Size, NamedReading[] Redact, (int Start, int Length)[] Cuts)> Parts =>
        from size in Gen.Choose(0, 40)
        from count in Gen.Choose(0, 6)
        from fields in (from values in Stretch(size).ListOf(count) from state in Gen.Choose(0, 30) from name in Gen.Elements("a", "b", "c") select Field(name, values, state)).ListOf(4)
        from far in Gen.Choose(0, 50)
        from cuts in (from start in Gen.Choose(far == 0 ? -1 : 0, size) from length in Gen.Choose(far == 0 ? -1 : 0, size - Math.Max(0, start) + (far == 0 ? 1 : 0)) select (start, length)).ListOf(12)
        select (size, fields.ToArray(), cuts.ToArray());

    [Fact]
    public void A_stretch_is_spared_what_redactions_that_are_found_and_united_for_it_alone_would_spare()
    {
        var (cut, told) = (0, 0);
        Check.One(Some.Seeded(1_000, 23), Prop.ForAll(Parts.ToArbitrary(), sample =>
        {
            var part = new RedactedPart(new byte[sample.Size], sample.Redact);
            Assert.Equal(Naive(sample.Size, sample.Redact), part.Everywhere);
            foreach (var (start, length) in sample.Cuts)
            {
                var expected = Naive(sample.Size, sample.Redact, start, length);
                Assert.Equal(expected, part.In(start, length));
                cut += expected?.Count ?? 0;
                told += expected is null ? 0 : 1;
            }
        }));

        // Most samples say something.
        Assert.True(cut > 4_000 && told > 4_000, $"{cut} redactions in {told} stretches");
    }

    private static List<Redaction>? Naive(int size, NamedReading[] redact, int start, int length) =>
        start < 0 || length < 0 || start + length > size ? null
            : Naive(size, redact)?.Select(one => Cut(one, start, start + length)).OfType<Redaction>().ToList();

    private static Redaction? Cut(Redaction one, int start, int end)
    {
        var (from, to) = (Math.Max(one.Start, start), Math.Min(one.Start + one.Length, end));
        if (one.Length == 0) return one.Start >= start && one.Start <= end ? one with { Start = one.Start - start } : null;
        return from < to ? one with { Start = from - start, Length = to - from } : null;
    }

    /// <summary>All of them, in order, those that overlap united.</summary>
    private static List<Redaction>? Naive(int size, NamedReading[] redact)
    {
        var found = new List<Redaction>();
        foreach (var (field, reading) in redact)
        {
            if (reading is FieldReading.Absent) continue;
            var values = reading is FieldReading.Present present ? present.Values : ((FieldReading.Unreadable)reading).Places;
            if (values is null) return null;
            found.AddRange(values.Select(value => new Redaction(value.Json.Start, value.Json.Length, field.Text)));
        }

        if (found.Exists(one => one.Start + one.Length > size)) return null;
        found = [.. found.OrderBy(one => one.Start).ThenByDescending(one => one.Length)];
        for (var at = 1; at < found.Count;)
        {
            var (before, one) = (found[at - 1], found[at]);
            if (one.Start >= before.Start + before.Length && one != before)
            {
                at++;
                continue;
            }

            var names = before.Field.Split(", ");
            found[at - 1] = new(
                before.Start, Math.Max(before.Start + before.Length, one.Start + one.Length) - before.Start,
                names.Contains(one.Field) ? before.Field : $"{before.Field}, {one.Field}");
            found.RemoveAt(at);
        }

        return found;
    }

    private static Gen<(int Start, int Length)> Stretch(int size) =>
        from start in Gen.Choose(0, size)
        from length in Gen.Frequency((1, Gen.Constant(0)), (4, Gen.Choose(0, Math.Min(6, size - start))), (1, Gen.Choose(0, size - start)))
        select (start, length);

    private static NamedReading Field(string name, IReadOnlyList<(int Start, int Length)> stretches, int state)
    {
        FieldValue[] values = [.. stretches.Select(one => new FieldValue(FieldSource.Body, new JsonNodeFact.Text(one.Start, one.Length + (state == 0 ? 90 : 0), "")))];
        return new(Some.Field($"body.{name}"), state switch
        {
            1 => new FieldReading.Absent(),
            2 => new FieldReading.Unreadable("") { Places = values },
            3 => new FieldReading.Unreadable(""),
            _ => new FieldReading.Present(values),
        });
    }
}
