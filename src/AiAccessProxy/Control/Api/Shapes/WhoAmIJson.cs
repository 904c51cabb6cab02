namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>Who a key or token proves.</summary>
/// <param name="Operator">Whether they may resume agents and make keys.</param>
internal sealed record WhoAmIJson(string Id, string Name, string Authenticated, bool Operator);
