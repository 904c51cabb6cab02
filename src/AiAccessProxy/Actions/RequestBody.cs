using System.Buffers;
using AiAccessProxy.Actions.Bodies;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Actions;

/// <summary>Reads the body of a request, whole or not at all.</summary>
internal static class RequestBody
{
    private const int FirstBuffer = 4096;

    /// <summary>For a call whose body no rule looks into: it is left where it is and will be streamed.</summary>
    public static ActionBody Unread(RequestHead request) =>
        request.HasBody ? new ActionBody.Streamed(request.BodyLength) : new ActionBody.None();

    /// <summary>Reads the body whole, up to the limit of <paramref name="plan"/>, and what rules can see in it.</summary>
    /// <param name="head">As forwarded: its <c>Content-Type</c> and <c>Content-Encoding</c> say how the upstream will read the body.</param>
    public static async ValueTask<BodyReading> ReadWholeAsync(
        HttpContext context, RequestHead request, ActionHead head, ReadingPlan plan, CancellationToken clientGone)
    {
        if (!request.HasBody) return new BodyReading.Read(new ActionBody.None());
        if (request.BodyLength > plan.MaxBody) return new BodyReading.TooLarge(plan.MaxBody);

        // The server's own limit would cut in with an answer of its own; ours is checked below.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        var buffer = new ArrayBufferWriter<byte>(FirstBuffer);
        try
        {
            while (true)
            {
                var read = await context.Request.Body.ReadAsync(buffer.GetMemory(FirstBuffer), clientGone);
                if (read == 0) break;
                buffer.Advance(read);
                if (buffer.WrittenCount > plan.MaxBody) return new BodyReading.TooLarge(plan.MaxBody);
            }
        }
        catch (Exception malformed) when (IsMalformed(malformed) && !clientGone.IsCancellationRequested)
        {
            return new BodyReading.Refused(new(Ambiguity.Framing, $"The body is not framed as HTTP wants it: {malformed.Message}"));
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return new BodyReading.ClientGone();
        }

        // They are not sent, so nobody may be asked about a call that has them.
        if (context.Features.Get<IHttpRequestTrailersFeature>() is { Available: true, Trailers.Count: > 0 })
            return new BodyReading.Refused(new(Ambiguity.Trailers, "Fields come after the body (trailers), which are not forwarded: leave them out."));

        // Held calls keep their body, so they keep no more than that.
        return WholeBody.Of(head, buffer.WrittenSpan.ToArray(), plan.MaxBody);
    }

    /// <summary>
    /// Whether reading a body failed for how it is framed. The server says so in three ways: an overflowing chunk size is a failed read to it,
    /// and NUL in a trailer a wrong state.
    /// </summary>
    public static bool IsMalformed(Exception failure) =>
        failure is BadHttpRequestException or InvalidOperationException or IOException { InnerException: OverflowException };
}
