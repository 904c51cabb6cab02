namespace AiAccessProxy.Commands.Server;

/// <summary>An answer in words for people.</summary>
/// <param name="Lines">For the output: safe for a terminal.</param>
internal sealed record Told(IEnumerable<string> Lines)
{
    /// <summary>For the person alone: on standard error, so that a script that takes the output is not disturbed.</summary>
    public string? Note { get; init; }

    /// <summary>What the answer comes to, with <c>--json</c> as well.</summary>
    public int Code { get; init; } = ExitCode.Done;
}
