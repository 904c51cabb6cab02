namespace AiAccessProxy.Policies.Linting;

/// <summary>Where routes and their rules stand in the files.</summary>
internal sealed class PolicyPlaces
{
    private readonly Dictionary<(string Route, string? Rule), (string File, int Line)> _places = [];

    /// <param name="rule">Null for the route itself.</param>
    public void Add(string route, string? rule, string file, int line) => _places.TryAdd((route, rule), (file, line));

    /// <summary>The place of a rule; that of its route where the rule's is not known.</summary>
    public (string File, int Line) Of(string route, string? rule) =>
        _places.TryGetValue((route, rule), out var place) || _places.TryGetValue((route, null), out place) ? place : (route, 0);
}
