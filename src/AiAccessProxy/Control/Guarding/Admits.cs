namespace AiAccessProxy.Control.Guarding;

/// <summary>Stands on every endpoint and says who may come to it.</summary>
internal sealed record Admits(Surface Surface);
