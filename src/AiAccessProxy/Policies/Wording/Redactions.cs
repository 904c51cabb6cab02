using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Wording;

/// <summary>The fields of one call whose values must not be told, under whatever name they are asked for.</summary>
internal sealed class Redactions(IReadOnlyList<NamedReading> redacted)
{
    public IReadOnlyList<NamedReading> All => redacted;

    /// <summary>Whether a value at <paramref name="field"/> is, holds or stands in something redacted.</summary>
    public bool Hide(FieldPath field, FieldReading reading) =>
        redacted.Any(hidden => hidden.Field.Source == field.Source && (Overlap(hidden.Field, field) || IsSameSegment(hidden, reading)));

    private static bool Overlap(FieldPath one, FieldPath other)
    {
        // Header names are the same in any case; where some upstreams fold the case of other names, hiding too much is the safe side.
        for (var at = 0; at < Math.Min(one.Steps.Count, other.Steps.Count); at++)
        {
            var (left, right) = (one.Steps[at], other.Steps[at]);
            if (!left.IsEvery && !right.IsEvery && !string.Equals(left.Name, right.Name, StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    // One rule's path.user may be another's path.name.
    private static bool IsSameSegment(NamedReading hidden, FieldReading reading) =>
        hidden.Field.Source == FieldSource.Path
        && hidden.Reading is FieldReading.Present secret
        && reading is FieldReading.Present shown
        && secret.Values.Any(value => shown.Values.Any(other => other.Json.Start == value.Json.Start));
}
