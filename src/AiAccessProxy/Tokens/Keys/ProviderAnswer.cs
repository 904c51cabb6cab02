using System.Text.Json;

namespace AiAccessProxy.Tokens.Keys;

/// <summary>What came of asking a provider.</summary>
internal abstract record ProviderAnswer
{
    private ProviderAnswer()
    {
    }

    /// <summary>A JSON object.</summary>
    public sealed record Read(JsonElement Document) : ProviderAnswer;

    /// <param name="Why">For operators; holds nothing of the answer.</param>
    public sealed record Failed(string Why) : ProviderAnswer;
}
