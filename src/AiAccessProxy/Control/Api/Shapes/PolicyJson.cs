namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>The rules in force.</summary>
/// <param name="LoadedAt">When they came into force; null when the ledger does not say.</param>
/// <param name="Refused">The last change of the files, when it was refused and these rules stayed; null otherwise.</param>
internal sealed record PolicyJson(
    string Hash, DateTimeOffset? LoadedAt, PolicyRefusalJson? Refused, IReadOnlyList<RouteJson> Routes);
