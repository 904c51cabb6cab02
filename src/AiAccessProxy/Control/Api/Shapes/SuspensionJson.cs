namespace AiAccessProxy.Control.Api.Shapes;

/// <param name="By">Id of the person.</param>
internal sealed record SuspensionJson(string By, DateTimeOffset At, string? Reason);
