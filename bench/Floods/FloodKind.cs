namespace Floods;

/// <summary>A way to flood, and how much of it there has to be for a turn to count.</summary>
/// <param name="Count">How many clients do it at once.</param>
/// <param name="Open">Connections that have to be open, on average.</param>
/// <param name="PerSecond">How many <paramref name="What"/> there have to be in a second.</param>
internal sealed record FloodKind(string Name, int Count, int Open, int PerSecond, string What)
{
    public static readonly IReadOnlyList<FloodKind> All =
    [
        new("slow-headers", 1000, 950, 900, "pieces of heads"),
        // Of one agent's bodies 400 are let in at once; the others' connections are answered, drained and closed, and come again.
        new("slow-bodies", 1000, 900, 1000, "pieces of bodies"),
        new("rapid-reset", 4, 0, 1500, "resets"),
        new("idle", 5000, 5000, 0, ""),
        new("approvals", 64, 0, 500, "asked"),
    ];

    public static FloodKind Of(string name) =>
        All.FirstOrDefault(kind => kind.Name == name) ?? throw new ArgumentException($"No flood is called {name}: {string.Join(", ", All.Select(kind => kind.Name))}.");
}
