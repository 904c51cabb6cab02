namespace AiAccessProxy.Gate;

/// <summary>
/// An answer of our own instead of the upstream's: an RFC 9457 problem, in words that a language model acts on correctly.
/// </summary>
/// <param name="Kind">Last part of the problem's <c>type</c>; documented in <c>docs/problems.md</c> and never renamed.</param>
/// <param name="Detail">What happened and what to do, in whole sentences.</param>
internal sealed record Problem(int Status, string Kind, string Title, string Detail)
{
    public const string TypePrefix = "urn:ai-access:problem:";

    /// <summary>Whether sending the identical call again can help.</summary>
    public bool Retryable { get; init; }

    /// <summary>The one thing to do next, as a stable word: <c>repeat-identical-call</c>, <c>ask-your-owner</c> …</summary>
    public required string NextAction { get; init; }

    public IReadOnlyList<string> Rules { get; init; } = [];

    public Guid? Record { get; init; }

    public TicketTask? Task { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whoever wrote such a request may mean something else by the bytes after it, too: none of them is read.</summary>
    public bool EndsConnection { get; init; }
}
