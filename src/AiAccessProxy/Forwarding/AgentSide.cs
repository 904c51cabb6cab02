using AiAccessProxy.Actions;
using AiAccessProxy.Forwarding.Delivery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AiAccessProxy.Forwarding;

/// <summary>The agent's connection while its call is forwarded: what it streams is hashed, what it receives is counted; put back afterwards.</summary>
internal sealed class AgentSide : IDisposable
{
    private readonly HttpContext _context;
    private readonly IHttpResponseBodyFeature _answer;
    private readonly CountedStream _counted;
    private readonly Stream _body;
    private readonly HashedStream? _hashed;
    private readonly IHttpRequestBodyDetectionFeature? _detection;
    private readonly CancellationToken _gone;
    private readonly Deliveries? _deliveries;
    private readonly int? _stream;

    /// <param name="followsTheAgent">Whether the call ends when the agent leaves.</param>
    public AgentSide(HttpContext context, ActionBody body, bool followsTheAgent)
    {
        (_context, _body, _gone) = (context, context.Request.Body, context.RequestAborted);
        _answer = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _detection = context.Features.Get<IHttpRequestBodyDetectionFeature>();
        _deliveries = context.Features.Get<Deliveries>();
        _stream = context.Features.Get<IHttp2StreamIdFeature>()?.StreamId;
        if (_stream is { } stream) _deliveries?.EndOf(stream);
        context.Response.Body = _counted = new(_answer.Stream);
        if (!followsTheAgent) context.RequestAborted = CancellationToken.None;
        if (body is ActionBody.Streamed)
        {
            // What a plain allow streams is not read here, so nothing here limits it.
            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
            context.Request.Body = _hashed = new(_body);
        }
        else
        {
            context.Features.Set<IHttpRequestBodyDetectionFeature>(NoBodyToRead.Instance);
        }
    }

    public long AnswerBytes => _counted.Written;

    public string? BodySha256 => _hashed?.Sha256;

    /// <summary>Ends the answer. True when the agent's socket has taken all of it and the agent has not been seen to leave.</summary>
    public async Task<bool> FinishAsync()
    {
        _context.Features.Set(_answer);
        try
        {
            await _context.Response.CompleteAsync();
        }
        catch (InvalidOperationException)
        {
            return false; // the server does not end an answer that is shorter than its Content-Length says
        }

        return await IsTakenAsync() && !_gone.IsCancellationRequested;
    }

    /// <summary>Over HTTP/2 the server has only scheduled the end of an answer that it calls complete.</summary>
    private async Task<bool> IsTakenAsync()
    {
        if (_deliveries is null) return _stream is null;
        return _stream is { } stream ? await _deliveries.EndOf(stream) : !_deliveries.IsBroken;
    }

    public void Dispose()
    {
        if (_stream is { } stream) _deliveries?.Forget(stream);
        _context.Features.Set(_answer);
        _context.Request.Body = _body;
        _context.RequestAborted = _gone;
        _context.Features.Set(_detection);
        _hashed?.Dispose();
        _counted.Dispose();
    }
}
