using System.Text.Json;

namespace AiAccessProxy.Commands.Server;

/// <summary>What the control plane answered.</summary>
internal abstract record ApiAnswer
{
    private ApiAnswer()
    {
    }

    /// <summary>What was asked for.</summary>
    public sealed record Given(JsonElement Body) : ApiAnswer;

    /// <summary>It was not done; <paramref name="Why"/> is the problem's own text, in one line.</summary>
    /// <param name="Code">The exit code that this comes to.</param>
    /// <param name="Kind">Last part of the problem's <c>type</c>; null when the answer was none of the control plane's problems.</param>
    public sealed record Refused(int Code, string Why, string? Kind = null) : ApiAnswer;
}
