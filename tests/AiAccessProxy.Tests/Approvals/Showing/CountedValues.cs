using System.Collections;
using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Approvals.Showing;

/// <summary>Values of a field that count how often one of them was looked at.</summary>
internal sealed class CountedValues(IReadOnlyList<FieldValue> values) : IReadOnlyList<FieldValue>
{
    public long Looks { get; private set; }

    public int Count => values.Count;

    public FieldValue this[int index]
    {
        get
        {
            Looks++;
            return values[index];
        }
    }

    public IEnumerator<FieldValue> GetEnumerator()
    {
        foreach (var value in values)
        {
            Looks++;
            yield return value;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
