namespace AiAccessProxy.Control.Pages.Operating;

/// <summary>One thing that has to be well.</summary>
/// <param name="Words">How it is, in whole sentences.</param>
internal sealed record HealthConcern(string Name, bool IsWell, string Words)
{
    /// <summary>Since when it is not well.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What ends it; null when nothing has to be done.</summary>
    public string? ToDo { get; init; }

    public IReadOnlyList<string> More { get; init; } = [];
}
