namespace AiAccessProxy.Bypass.Harness;

/// <summary>One call and what came of it.</summary>
/// <param name="Answer">Null when the connection was closed, or the stream reset, without one.</param>
/// <param name="Arrived">What the upstream received of it: nothing, or one request; more is a breach of its own.</param>
internal sealed record Shot(Spelling Call, Answer? Answer, IReadOnlyList<RawRequest> Arrived);
