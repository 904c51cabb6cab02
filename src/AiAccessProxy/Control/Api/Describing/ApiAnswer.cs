namespace AiAccessProxy.Control.Api.Describing;

/// <summary>What an endpoint answers when all is well.</summary>
/// <param name="Body">Type of the body, or of one line or event of it.</param>
internal sealed record ApiAnswer(int Status, Type Body, string Description)
{
    public string MediaType { get; init; } = "application/json";

    /// <summary>Headers that come with it, by name, and what they say.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
