using AiAccessProxy.Approvals;
using AiAccessProxy.People;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Control.SignIn;

/// <summary>The person behind a request, and how they proved who they are (<c>key:laptop</c>, <c>local</c>).</summary>
internal sealed record Viewer(Person Person, string Authenticated, Session? Session)
{
    /// <summary>How somebody is authenticated who came by the link that the start-up printed: not verified at all.</summary>
    /// <summary>What everybody has to be told on every page; null: nothing.</summary>
    public string? Notice { get; init; }

    public const string Local = Ballot.Local;

    public bool IsLocal => Authenticated == Local;

    /// <summary>Who was admitted to the endpoint of this request.</summary>
    public static Viewer Of(HttpContext context) => context.Features.GetRequiredFeature<Viewer>();
}
