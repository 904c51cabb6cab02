using System.Globalization;
using System.Text.Json.Serialization;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary>Calls on record that two policies decide differently, and how.</summary>
/// <param name="Path">After the route's prefix, without the query.</param>
internal sealed record CallChange(string Agent, string? OnBehalfOf, string Route, string Method, string Path)
{
    public required string Before { get; init; }

    public required string After { get; init; }

    /// <summary>The newest record of such a call.</summary>
    public required Guid Record { get; init; }

    public int Count { get; init; }

    [JsonIgnore]
    public string Key => string.Join('\n', Route, Method, Path, Agent, OnBehalfOf, Before, After);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Count} x {Method} {Path} on {Route}, {Agent}{(OnBehalfOf is null ? "" : $" for {OnBehalfOf}")}: {Before} -> {After}   {Record}");
}
