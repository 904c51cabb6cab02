using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>A call, in parts. A body of null is no body.</summary>
/// <param name="IsReadable">False where <paramref name="Body"/> has no single reading, or is not read at all.</param>
internal sealed record DrawnCall(
    string Method, string Path, IReadOnlyList<(string Name, string Value)> Query, IReadOnlyList<(string Name, string Value)> Headers,
    string? Body, bool IsReadable)
{
    public bool IsStreamed { get; init; }

    /// <summary>The fields of a body that is a readable form; null where it is none.</summary>
    public IReadOnlyList<(string Name, string Value)>? Form { get; init; }

    public required string Agent { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    public required string? OnBehalfOf { get; init; }

    public required DateTimeOffset At { get; init; }

    public Caller Caller => new(new(Agent, "ada", Groups), OnBehalfOf, "key:k1");

    public ActionHead Head => Some.Head(
        Method,
        Query.Count == 0 ? Path : $"{Path}?{string.Join('&', Query.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"))}",
        [.. Headers.Select(one => new HeaderField(one.Name, one.Value))]);

    public ApiAction Action => new(Head, IsStreamed ? new ActionBody.Streamed(null) : Body is null ? new ActionBody.None() : Whole(Body));

    private ActionBody.Whole Whole(string body) => Headers.Any(header => header.Name == "Content-Type")
        ? Some.Body(body) with { Facts = BodyFactsReader.Read(Head, Encoding.UTF8.GetBytes(body)) }
        : Some.Body(body);

    public override string ToString() =>
        $"{Method} {Head.Target.Raw} [{string.Join("; ", Headers)}] {(IsStreamed ? "(streamed)" : Body ?? "(no body)")} by {Agent} for {OnBehalfOf} at {At:O}";
}
