using System.Diagnostics;
using System.Globalization;
using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;
using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Forwarding;

/// <summary>
/// One sending, as a client span by OpenTelemetry's HTTP conventions. Our own and not the HTTP client's, whose <c>url.full</c> would hold the
/// path as it is sent, with what rules redact.
/// </summary>
internal sealed class UpstreamSpan : IDisposable
{
    private readonly Activity? _span;
    private readonly string _route;

    public UpstreamSpan(Cleared cleared, BoundAction action)
    {
        _route = action.Route;
        var method = HttpNames.Method(action.Action.Head.Method);
        _span = Signals.Source.StartActivity(method == HttpNames.OtherMethod ? "HTTP" : method, ActivityKind.Client);
        if (_span is not { IsAllDataRequested: true }) return;
        var origin = action.Upstream.Origin;
        _span.SetTag(Attributes.HttpMethod, method);
        _span.SetTag(Attributes.ServerAddress, origin.Host);
        _span.SetTag(Attributes.ServerPort, origin.Port);
        // Without a rule nobody has said what of the path is secret.
        var path = cleared.Record is { Rules.Count: > 0, Action.Target: { } target } ? SpanPath.Of(target) : "";
        _span.SetTag(Attributes.UrlFull, origin.GetLeftPart(UriPartial.Authority) + path);
        _span.SetTag(Attributes.Route, action.Route);
        _span.SetTag(Attributes.Credential, action.Credential?.Id);
    }

    public void Ended(ActionOutcome outcome)
    {
        var status = (outcome as ActionOutcome.Answered)?.Status;
        var error = status >= StatusCodes.Status500InternalServerError ? UpstreamSignals.ServerError : outcome.Error;
        if (error is not null) UpstreamSignals.Failed(_route, error);
        if (_span is not { IsAllDataRequested: true }) return;
        if (status is { } answered)
        {
            _span.SetTag(Attributes.HttpStatus, answered);
            // Of a client's span the client's failures are errors too.
            if (answered >= StatusCodes.Status400BadRequest) Fail(answered.ToString(CultureInfo.InvariantCulture));
        }
        else Fail(outcome.Error ?? "agent_left");
    }

    public void Dispose() => _span?.Dispose();

    private void Fail(string error)
    {
        _span?.SetTag(Attributes.ErrorType, error);
        _span?.SetStatus(ActivityStatusCode.Error);
    }
}
