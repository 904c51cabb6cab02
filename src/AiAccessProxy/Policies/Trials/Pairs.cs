namespace AiAccessProxy.Policies.Trials;

/// <summary>Names and values as they stand in a query and in a form.</summary>
internal static class Pairs
{
    public static string Encoded(IEnumerable<(string Name, string Value)> pairs) =>
        string.Join('&', pairs.Select(pair => $"{Uri.EscapeDataString(pair.Name)}={Uri.EscapeDataString(pair.Value)}"));
}
