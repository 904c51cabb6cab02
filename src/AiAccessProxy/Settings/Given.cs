namespace AiAccessProxy.Settings;

/// <summary>What one source says of one setting.</summary>
/// <param name="Text">Null where it gives a list item by item.</param>
/// <param name="Items">In order.</param>
/// <param name="Origin">For people: <c>appsettings.json</c>, <c>environment: AIACCESS__GATE__HOLD</c>, <c>command line: --gate:hold</c>.</param>
internal sealed record Given(string? Text, IReadOnlyList<string> Items, string Origin);
