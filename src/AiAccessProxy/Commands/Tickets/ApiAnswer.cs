using System.Text.Json;

namespace AiAccessProxy.Commands.Tickets;

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
    public sealed record Refused(int Code, string Why) : ApiAnswer;
}
