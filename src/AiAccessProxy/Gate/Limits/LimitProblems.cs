using System.Globalization;
using AiAccessProxy.Actions.Bodies;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Gate.Limits;

/// <summary>What is said to calls that met a limit: which one, and what to do.</summary>
internal static class LimitProblems
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public static Problem TargetTooLong(int limit) => new(
        StatusCodes.Status414UriTooLong, "target-too-long", "The target is too long",
        $"Path and query have more than {limit} bytes (gate:limits:target). The call was not executed. Send less in the query, or send it in the body if the API takes it there.")
    { NextAction = "send-less" };

    public static Problem HeadersTooLarge(string what, int limit, string setting) => new(
        StatusCodes.Status431RequestHeaderFieldsTooLarge, "headers-too-large", "The header is too large",
        $"The request has more than {limit} {what} (gate:limits:{setting}). The call was not executed. Send fewer or shorter header fields.")
    { NextAction = "send-less" };

    public static Problem TooSlow(int rate) => new(
        StatusCodes.Status408RequestTimeout, "body-too-slow", "The body came too slowly",
        $"The body of this call came with less than {rate} bytes a second (gate:limits:minRate), or stopped before its end. The call was not executed. " +
        "Repeat it, and send the body in one go.")
    { Retryable = true, NextAction = "repeat-identical-call", EndsConnection = true };

    /// <summary>The same of a body that was on its way to the upstream already: an incomplete message is nothing to act on (RFC 9112, 8).</summary>
    public static Problem TooSlowOnItsWay(int rate) => TooSlow(rate) with
    {
        Detail = $"The body of this call came with less than {rate} bytes a second (gate:limits:minRate), or stopped before its end. It was broken off there, " +
            "and the upstream did not get the call whole. Repeat it, and send the body in one go.",
    };

    /// <summary>503: it is not this agent's doing.</summary>
    public static Problem Busy(string what, long limit, string setting) => new(
        StatusCodes.Status503ServiceUnavailable, "busy", "The proxy is busy",
        $"The proxy has as many {what} as it may have at once ({limit}, {setting}). This call was not executed. Repeat it in a moment.")
    { Retryable = true, NextAction = "repeat-later", RetryAfter = Soon };

    /// <summary>429: it is.</summary>
    public static Problem TooMany(string what, long limit, string setting) => new(
        StatusCodes.Status429TooManyRequests, "too-many", "Too many at once",
        $"You have as many {what} as you may have at once ({limit}, {setting}). This call was not executed. Wait until some of your other calls have ended.")
    { Retryable = true, NextAction = "repeat-later", RetryAfter = Soon };

    /// <summary>429: it goes on beyond its limits, and is not even read for a while.</summary>
    public static Problem TooMuch(string what, string setting, TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests, "too-many", "Too many refusals",
        string.Create(CultureInfo.InvariantCulture,
            $"You {what} ({setting}), so this call was not read and not executed. Make no calls for {wait.TotalSeconds:0} seconds, then fewer at once."))
    { Retryable = true, NextAction = "repeat-later", RetryAfter = wait };

    /// <summary>429: a rate of the policy.</summary>
    public static Problem TooOften(Rated rate, TimeSpan wait) => new(
        StatusCodes.Status429TooManyRequests, "too-many", "Too many calls",
        string.Create(CultureInfo.InvariantCulture,
            $"You may make {rate.Limit.Calls} such calls within {rate.Limit.Within.TotalSeconds:0} seconds ({rate.Of}). This call was not executed. Repeat it in {Math.Ceiling(wait.TotalSeconds):0} seconds."))
    { Retryable = true, NextAction = "repeat-later", RetryAfter = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds))) };

    public static Problem NoRoom(BodyShortage shortage, LimitOptions limits) => shortage == BodyShortage.OfAll
        ? Busy("bytes of bodies in memory", limits.BodyBytes, "gate:limits:bodyBytes")
        : TooMany("bytes of bodies in memory", limits.BodyBytesPerAgent, "gate:limits:bodyBytesPerAgent");
}
