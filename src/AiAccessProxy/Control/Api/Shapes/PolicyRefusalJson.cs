namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>A change of the policy files that was not taken over.</summary>
/// <param name="Problems">Of them, the first hundred.</param>
internal sealed record PolicyRefusalJson(DateTimeOffset At, IReadOnlyList<string> Problems);
