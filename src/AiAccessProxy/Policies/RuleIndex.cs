using AiAccessProxy.Actions;
using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Policies;

/// <summary>
/// Finds the rules of a route that a call may meet, by its method and by the segments with which their patterns begin, so that the others
/// need not be judged. It leaves out only what is false of the call in every reading of its path: where there is no telling, a rule stays in.
/// </summary>
internal sealed class RuleIndex
{
    /// <summary>Segments that are looked at; the rules tell longer paths apart themselves.</summary>
    private const int Deepest = 16;

    private readonly IReadOnlyList<Rule> _rules;
    private readonly Place _ofAnyMethod = new();
    private readonly Dictionary<string, Place> _byMethod = new(StringComparer.Ordinal);

    public RuleIndex(IReadOnlyList<Rule> rules)
    {
        _rules = rules;
        for (var rule = 0; rule < rules.Count; rule++)
        {
            foreach (var start in Starts(rules[rule].Match)) Add(rules[rule].Match, start, rule);
        }
    }

    /// <summary>The rules that the head of a call does not rule out, and some more, in the order they came in.</summary>
    public IReadOnlyList<Rule> For(ActionHead head)
    {
        if (head.NotKnown.Contains(FieldSource.Path)) return _rules;

        var found = new HashSet<int>();
        _byMethod.TryGetValue(head.Method, out var ofMethod);
        foreach (var start in new[] { _ofAnyMethod, ofMethod }.OfType<Place>())
        {
            Find(start, head.Target.Segments, found);
            foreach (var reading in head.Target.Readings) Find(start, reading.Segments, found);
        }

        return [.. found.Order().Select(rule => _rules[rule])];
    }

    private static void Find(Place start, IReadOnlyList<PathSegment> path, HashSet<int> found)
    {
        start.Find(path, 0, path.Count, found);
        // A slash at the end may count for nothing, on either side.
        if (path is [.., { Text: "" }]) start.Find(path, 0, path.Count - 1, found);
    }

    private IEnumerable<Place> Starts(Condition match)
    {
        if (Necessary<Condition.Methods>(match) is not { } methods) return [_ofAnyMethod];
        return methods.Names.Select(name => _byMethod.TryGetValue(name, out var known) ? known : _byMethod[name] = new());
    }

    private static void Add(Condition match, Place start, int rule)
    {
        if (Necessary<Condition.Paths>(match) is not { } paths)
        {
            start.Further.Add(rule);
            return;
        }

        foreach (var pattern in paths.Patterns)
        {
            Add(pattern.Segments, start, rule);
            if (pattern.Segments is [.., PatternSegment.Literal { Text: "" }]) Add([.. pattern.Segments.SkipLast(1)], start, rule);
        }
    }

    private static void Add(IReadOnlyList<PatternSegment> pattern, Place start, int rule)
    {
        var place = start;
        for (var at = 0; at < pattern.Count; at++)
        {
            if (at == Deepest || pattern[at] is PatternSegment.Rest)
            {
                place.Further.Add(rule);
                return;
            }

            place = place.After(pattern[at] is PatternSegment.Literal literal ? SegmentText.KeyOf(literal.Text) : null);
        }

        place.Ending.Add(rule);
    }

    /// <summary>A condition without which the whole is false. What stands in <c>any</c>, <c>not</c> or <c>except</c> is none.</summary>
    private static T? Necessary<T>(Condition match)
        where T : Condition => match as T ?? (match as Condition.All)?.Parts.OfType<T>().FirstOrDefault();

    /// <summary>Where some patterns have come to after some segments.</summary>
    private sealed class Place
    {
        private Dictionary<string, Place>? _byKey;
        private Place? _afterAny;

        /// <summary>Rules with a pattern that ends here.</summary>
        public List<int> Ending { get; } = [];

        /// <summary>Rules that whatever follows may meet.</summary>
        public List<int> Further { get; } = [];

        /// <param name="key">Null for any segment.</param>
        public Place After(string? key)
        {
            if (key is null) return _afterAny ??= new();
            _byKey ??= new(StringComparer.Ordinal);
            return _byKey.TryGetValue(key, out var known) ? known : _byKey[key] = new();
        }

        public void Find(IReadOnlyList<PathSegment> path, int at, int length, HashSet<int> found)
        {
            found.UnionWith(Further);
            if (at == length)
            {
                found.UnionWith(Ending);
                return;
            }

            _afterAny?.Find(path, at + 1, length, found);
            if (_byKey is null) return;
            if (SegmentText.KeyOf(path[at].Text) is not { } key)
            {
                foreach (var after in _byKey.Values) after.Find(path, at + 1, length, found);
            }
            else if (_byKey.TryGetValue(key, out var after))
            {
                after.Find(path, at + 1, length, found);
            }
        }
    }
}
