using System.Globalization;
using System.Text;
using System.Text.Json;
using AiAccessProxy.Bypass.Harness;
using AiAccessProxy.Bypass.Models;

namespace AiAccessProxy.Bypass.Grounds;

/// <summary>
/// A route to attack: its policy as the product reads it, and what that policy means, said a second time in code that shares nothing with
/// the product.
/// </summary>
internal abstract class Ground
{
    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement;

    /// <summary>Id of the route; its prefix is the same after a slash.</summary>
    public abstract string Name { get; }

    /// <summary>Calls in their plain spelling, without the prefix: where adversaries start from.</summary>
    public abstract IReadOnlyList<Spelling> Starts { get; }

    /// <summary>The header that the route's credential fills; null without one.</summary>
    public virtual string? CredentialHeader => null;

    /// <summary>Whether the route may stand before such an upstream at all.</summary>
    public virtual bool Counts(UpstreamModel upstream) => true;

    /// <summary>Whether the owner of the policy wanted this action to be denied or to wait. Names are in lower case, as the rules are.</summary>
    public abstract bool IsPrivileged(SeenAction action);

    /// <summary>The route's file, from its default on.</summary>
    protected abstract string Rules { get; }

    public void Write(PolicyFolder policies, RawUpstream upstream) => policies.Write($"{Name}.yaml", $$"""
        version: 1
        route: {{Name}}
        prefix: /{{Name}}
        environment: test
        upstream: { url: "{{upstream.Address.GetLeftPart(UriPartial.Authority)}}", timeout: 30s }
        approval:
          need: [{ approvals: 1, from: [group:reviewers] }]
          decide_within: 10m
          use_within: 10m
        {{Rules}}
        """);

    protected static Spelling Json(string method, string target, string body) =>
        new(method, target, [("Content-Type", "application/json")], Encoding.UTF8.GetBytes(body));

    /// <summary>A number, or one written as text; null for anything else.</summary>
    protected static decimal? Number(JsonElement? value) => (value ?? Null) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetDecimal(out var exact) => exact,
        { ValueKind: JsonValueKind.Number } number => Math.Abs(number.GetDouble()) < 1 ? 0 : number.GetDouble() < 0 ? decimal.MinValue : decimal.MaxValue,
        { ValueKind: JsonValueKind.String } text when decimal.TryParse(text.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var read) => read,
        _ => null,
    };
}
