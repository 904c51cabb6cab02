using System.Buffers;
using AiAccessProxy.Actions.Bodies;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Actions;

/// <summary>Reads the body of a request, whole or not at all.</summary>
internal static class RequestBody
{
    /// <summary>In bytes. Small, because thousands of bodies may be begun and never go on.</summary>
    private const int FirstBuffer = 1024;

    /// <summary>For a call whose body no rule looks into: it is left where it is and will be streamed.</summary>
    public static ActionBody Unread(RequestHead request) =>
        request.HasBody ? new ActionBody.Streamed(request.BodyLength) : new ActionBody.None();

    /// <summary>
    /// Reads the body whole, up to the limit of <paramref name="plan"/> and to what one agent may have in memory (<see cref="BodyRoom"/>), and what rules can
    /// see in it.
    /// </summary>
    /// <param name="head">As forwarded: its <c>Content-Type</c> and <c>Content-Encoding</c> say how the upstream will read the body.</param>
    public static async ValueTask<BodyReading> ReadWholeAsync(
        HttpContext context, RequestHead request, ActionHead head, ReadingPlan plan, CancellationToken clientGone)
    {
        if (!request.HasBody) return new BodyReading.Read(new ActionBody.None());
        if (request.BodyLength > plan.MaxBody) return new BodyReading.TooLarge(plan.MaxBody);

        // The server's own limit would cut in with an answer of its own; ours is checked below.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        var room = context.Features.Get<BodyRoom>();
        if (room is not null && request.BodyLength > room.Most) return new BodyReading.TooLarge(room.Most);
        var buffer = new ArrayBufferWriter<byte>(FirstBuffer);
        try
        {
            while (true)
            {
                if (NoRoomFor(room, buffer) is { } refused) return refused;
                var read = await context.Request.Body.ReadAsync(buffer.GetMemory(), clientGone);
                if (read == 0) break;
                buffer.Advance(read);
                if (buffer.WrittenCount > plan.MaxBody) return new BodyReading.TooLarge(plan.MaxBody);
            }
        }
        catch (Exception slow) when (FaultOf(slow) is BodyFault.TooSlow)
        {
            return new BodyReading.TooSlow();
        }
        catch (Exception malformed) when (FaultOf(malformed) is BodyFault.Malformed && !clientGone.IsCancellationRequested)
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
        return Kept(WholeBody.Of(head, buffer.WrittenSpan.ToArray(), plan.MaxBody), room);
    }

    /// <summary>Asks for room before the buffer grows: it doubles when it does.</summary>
    private static BodyReading? NoRoomFor(BodyRoom? room, ArrayBufferWriter<byte> buffer)
    {
        if (room is null || (buffer.WrittenCount > 0 && buffer.FreeCapacity > 0)) return null;
        var needed = buffer.WrittenCount == 0 ? buffer.Capacity : buffer.Capacity * 2L;
        return needed > room.Most ? new BodyReading.TooLarge(buffer.Capacity)
            : room.TryHold(needed) is { } shortage ? new BodyReading.NoRoom(shortage)
            : null;
    }

    /// <summary>The room that the body takes from here on, decompressed if it is compressed.</summary>
    private static BodyReading Kept(BodyReading reading, BodyRoom? room)
    {
        if (room is null || reading is not BodyReading.Read { Body: ActionBody.Whole body }) return reading;
        var bytes = body.Bytes.Length + (body.Coding is null ? 0L : body.Document.Length);
        return room.TryHold(bytes) is { } shortage ? new BodyReading.NoRoom(shortage) : reading;
    }

    /// <summary>
    /// What was wrong with a body whose reading failed; null when it was something else. The server says in three ways that it is not framed
    /// well: an overflowing chunk size is a failed read to it, and NUL in a trailer a wrong state.
    /// </summary>
    public static BodyFault? FaultOf(Exception failure) => failure switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => BodyFault.TooSlow,
        BadHttpRequestException or InvalidOperationException or IOException { InnerException: OverflowException } => BodyFault.Malformed,
        _ => null,
    };
}
