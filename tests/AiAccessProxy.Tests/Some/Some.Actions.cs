using System.Security.Cryptography;
using System.Text;
using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Tests;

internal static partial class Some
{
    public static Upstream Upstream(string origin = "https://payments.test", Version? version = null) =>
        new(new Uri(origin), TimeSpan.FromSeconds(20), version ?? new Version(1, 1));

    public static UpstreamCredential Credential(string id = "live") => new(id, "Authorization", "Bearer upstream-secret");

    public static ReadingPlan Plan(
        IReadOnlyList<AgentKeySource>? keys = null, string[]? unstable = null, string[]? stable = null, long maxBody = 1 << 20) =>
        new(keys ?? [AgentKeySource.AiAccessToken], (unstable ?? []).ToHashSet(), (stable ?? []).ToHashSet(), maxBody);

    public static Authority Authority(string text = "proxy.test") => ((AuthorityReading.Read)AiAccessProxy.Actions.Authority.Read(text)).Authority;

    /// <summary>A target that has to be readable.</summary>
    public static CanonicalTarget Target(string raw = "/v1/charges") => CanonicalTarget.Read(raw) switch
    {
        TargetReading.Read read => read.Target,
        TargetReading.Refused refused => throw new ArgumentException(refused.Unclear.Detail, nameof(raw)),
        _ => throw new ArgumentException("impossible", nameof(raw)),
    };

    public static ActionHead Head(string method = "GET", string target = "/v1/charges", params HeaderField[] headers) =>
        new(method, Target(target), headers, Claims.None) { Doubts = Target(target).Doubts };

    public static ApiAction Action(string method = "GET", string target = "/v1/charges", ActionBody? body = null, params HeaderField[] headers) =>
        new(Head(method, target, headers), body ?? new ActionBody.None());

    /// <summary>A body that was read whole, as JSON where it can be.</summary>
    public static ActionBody.Whole Body(string json) => Body(Encoding.UTF8.GetBytes(json));

    public static ActionBody.Whole Body(byte[] bytes) => new(
        bytes,
        Convert.ToHexStringLower(SHA256.HashData(bytes)),
        BodyFactsReader.Read(Head(headers: new HeaderField("Content-Type", "application/json")), bytes));

    /// <summary>A field name that has to be well-formed.</summary>
    public static FieldPath Field(string text) =>
        FieldPath.TryParse(text, out var path, out var error) ? path : throw new ArgumentException(error, nameof(text));

    public static BoundAction Bound(ApiAction action, Upstream upstream, UpstreamCredential? credential = null, string route = "payments")
    {
        var caller = Caller();
        return new(caller, route, action, upstream, credential, ActionDigest.Over(caller, route, action, upstream, credential, Plan()));
    }
}
