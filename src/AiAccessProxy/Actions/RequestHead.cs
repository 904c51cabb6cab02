using AiAccessProxy.Actions.Bodies;
using AiAccessProxy.Agents;
using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Actions;

/// <summary>The head of a request as it came in: before its route is known and before anything is taken out of it.</summary>
/// <param name="Fields">
/// All header fields as the server gives them: it keeps the order of repeated fields, not that of different ones, and spells the names it
/// knows in their standard form.
/// </param>
/// <param name="HasBody">Whether a body follows, of whatever length.</param>
internal sealed record RequestHead(string Method, CanonicalTarget Target, IReadOnlyList<HeaderField> Fields, bool HasBody)
{
    private const string IdempotencyKey = "Idempotency-Key";

    private const int LongestIdempotencyKey = 1024;

    /// <summary>In bytes; null when there is no body or its length is not told in advance.</summary>
    public long? BodyLength { get; init; }

    /// <summary>Host, or over HTTP/2 <c>:authority</c>: the server puts that in its place.</summary>
    public required Authority Authority { get; init; }

    /// <summary>Reads method, target and header fields, and refuses what servers are known to read differently.</summary>
    public static RequestReading Read(HttpContext context)
    {
        var request = context.Request;
        // HttpRequest.Path is decoded in part and cannot be put back together; the raw target is what came in.
        var target = CanonicalTarget.Read(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        var authority = Authority.Read(request.Headers.Host.ToString());
        var fields = request.Headers.SelectMany(field => field.Value, (field, value) => new HeaderField(field.Key, value ?? "")).ToList();
        var unclear = MethodGuard.Of(request.Method)
            ?? (target as TargetReading.Refused)?.Unclear
            ?? FramingGuard.Of(request)
            ?? FieldGuard.Of(fields)
            ?? (authority is AuthorityReading.Refused(var why, var remedy) ? new Unclear(Ambiguity.Host, $"The Host of the call {why}: {remedy}.") : null)
            ?? LookAlikes.Of(fields);
        if (unclear is not null) return new RequestReading.Refused(unclear);

        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? request.ContentLength is not (null or 0);
        return new RequestReading.Read(new(request.Method, ((TargetReading.Read)target).Target, fields, hasBody)
        {
            BodyLength = hasBody ? request.ContentLength : null,
            Authority = ((AuthorityReading.Read)authority).Authority,
        });
    }

    /// <summary>
    /// What would be forwarded: <paramref name="rest"/> (the target without the route's prefix) and the end-to-end fields. The agent's
    /// credentials and its <c>AiAccess-*</c> context are taken out, and so are <c>respond-async</c> and <c>wait</c> of <c>Prefer</c>.
    /// </summary>
    public HeadReading ForRoute(CanonicalTarget rest, ReadingPlan plan)
    {
        if (AgentHeaders.ReadClaims(Fields, out var claims) is { } unclear) return new HeadReading.Refused(unclear);

        var headers = new List<HeaderField>();
        var preference = default(Preference);
        foreach (var field in EndToEnd.Of(Fields, plan.AgentKeys))
        {
            if (!field.Name.Equals(PreferHeader.Name, StringComparison.OrdinalIgnoreCase))
            {
                headers.Add(field);
                continue;
            }

            var stated = PreferHeader.Read(field.Value, out var kept);
            preference = new(preference.RespondAsync || stated.RespondAsync, preference.Wait ?? stated.Wait);
            if (kept is not null) headers.Add(field with { Value = kept });
        }

        if (LookAlikes.On(plan, headers) is { } hides) return new HeadReading.Refused(hides);
        // Keys that a client makes up afresh for each try are no keys: they would keep its own retry from joining.
        var key = plan.VolatileHeaders.Contains(IdempotencyKey.ToLowerInvariant())
            ? null
            : headers.Find(field => field.Name.Equals(IdempotencyKey, StringComparison.OrdinalIgnoreCase)).Value;
        if (key?.Length > LongestIdempotencyKey)
            return new HeadReading.Refused(new(Ambiguity.HeaderValue, $"{IdempotencyKey} is longer than {LongestIdempotencyKey} characters."));
        var head = new ActionHead(Method, rest, headers, claims)
        {
            IdempotencyKey = string.IsNullOrEmpty(key) ? null : key,
            Address = new(Authority, Target)
            {
                Keys = [.. plan.AgentKeys.Where(key => Fields.Any(field => field.Name.Equals(key.HeaderName(), StringComparison.OrdinalIgnoreCase)))],
            },
            Doubts = [.. rest.Doubts, .. LookAlikes.In(headers), .. Overrides.In(headers, rest), .. FramingGuard.OfBody(Method, HasBody)],
        };
        if (SeveralActions.In(head) is { } several) head = head with { Doubts = [.. head.Doubts, several] };
        return new HeadReading.Read(head, preference);
    }
}
