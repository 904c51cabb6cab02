using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Gate.Limits;

/// <summary>Whether a request's head is larger than it may be.</summary>
internal static class HeadLimits
{
    public static Problem? Exceeded(HttpContext context, LimitOptions limits)
    {
        if (context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length > limits.Target) return LimitProblems.TargetTooLong(limits.Target);

        var (fields, bytes) = (0, 0L);
        foreach (var (name, values) in context.Request.Headers)
        {
            foreach (var value in values)
            {
                fields++;
                bytes += name.Length + (value is null ? 0 : Encoding.UTF8.GetByteCount(value));
            }
        }

        return fields > limits.Headers ? LimitProblems.HeadersTooLarge("header fields", limits.Headers, "headers")
            : bytes > limits.HeaderBytes ? LimitProblems.HeadersTooLarge("bytes of header fields", limits.HeaderBytes, "headerBytes")
            : null;
    }
}
