using System.Collections.Frozen;

namespace AiAccessProxy.Actions;

/// <summary>
/// Header fields that differ between identical calls of one client, so that they do not enter the digest. What they say has no bearing on
/// what an API does. A route adds its own (<c>volatile_headers</c>); one that a rule reads is never volatile.
/// </summary>
internal static class VolatileHeaders
{
    /// <summary>Goes up with every change to the list; it enters the digest.</summary>
    public const string Version = "1";

    /// <summary>Names in lower case; one that ends in <c>*</c> is a prefix.</summary>
    public static IReadOnlyList<string> Standard { get; } =
    [
        // When, and by which program
        "date", "user-agent", "x-amz-date", "x-ms-date", "x-amz-user-agent", "x-goog-api-client", "x-ms-useragent",
        "x-stripe-client-user-agent", "x-stripe-client-telemetry", "x-stainless-*",
        // Which try of which call
        "idempotency-key", "x-idempotency-key", "amz-sdk-*", "x-retry-count", "x-retry-attempt", "retry-attempt", "x-ms-client-request-id",
        "x-client-request-id", "client-request-id", "x-goog-gcs-idempotency-token", "x-request-id", "request-id", "x-correlation-id",
        "correlation-id", "x-ms-correlation-request-id", "x-amzn-requestid",
        // Which trace
        "traceparent", "tracestate", "baggage", "b3", "x-b3-*", "x-amzn-trace-id", "x-cloud-trace-context", "grpc-trace-bin", "sentry-trace",
        "x-datadog-*", "uber-trace-id", "elastic-apm-traceparent", "newrelic", "correlation-context",
    ];

    private static readonly FrozenSet<string> Names = Standard.Where(name => !name.EndsWith('*')).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Prefixes = [.. Standard.Where(name => name.EndsWith('*')).Select(name => name[..^1])];

    /// <summary>All that calls which count as identical may differ in, on a route; those that end in <c>*</c> are prefixes.</summary>
    public static IEnumerable<string> On(ReadingPlan plan) => Standard.Union(plan.VolatileHeaders).Where(name => !plan.StableHeaders.Contains(name));

    public static bool Contains(string name, ReadingPlan plan)
    {
        var lower = name.ToLowerInvariant();
        if (plan.StableHeaders.Contains(lower)) return false;
        return Names.Contains(lower)
            || plan.VolatileHeaders.Contains(lower)
            || Array.Exists(Prefixes, prefix => lower.StartsWith(prefix, StringComparison.Ordinal));
    }
}
