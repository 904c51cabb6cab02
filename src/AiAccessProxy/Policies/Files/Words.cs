using AiAccessProxy.Actions;
using AiAccessProxy.Agents;

namespace AiAccessProxy.Policies.Files;

/// <summary>The words that keys take.</summary>
internal static class Words
{
    public static IReadOnlyDictionary<string, Effect> Effects { get; } = new Dictionary<string, Effect>
    {
        ["allow"] = Effect.Allow,
        ["deny"] = Effect.Deny,
        ["require_approval"] = Effect.RequireApproval,
    };

    public static IReadOnlyDictionary<string, Risk> Risks { get; } = new Dictionary<string, Risk>
    {
        ["low"] = Risk.Low,
        ["medium"] = Risk.Medium,
        ["high"] = Risk.High,
        ["critical"] = Risk.Critical,
    };

    public static IReadOnlyDictionary<string, ClaimName> Claims { get; } = new Dictionary<string, ClaimName>
    {
        ["reason"] = ClaimName.Reason,
        ["change"] = ClaimName.Change,
        ["commit"] = ClaimName.Commit,
        ["prompt"] = ClaimName.Prompt,
        ["session"] = ClaimName.Session,
    };

    public static IReadOnlyDictionary<string, WhenPending> Pending { get; } = new Dictionary<string, WhenPending>
    {
        ["refuse"] = WhenPending.Refuse,
        ["accepted"] = WhenPending.Accepted,
        ["retry"] = WhenPending.Retry,
    };

    public static IReadOnlyDictionary<string, AgentKeySource> KeySources { get; } = new Dictionary<string, AgentKeySource>
    {
        ["ai-access-token"] = AgentKeySource.AiAccessToken,
        ["authorization"] = AgentKeySource.Authorization,
        ["x-api-key"] = AgentKeySource.XApiKey,
        ["api-key"] = AgentKeySource.ApiKey,
        ["basic-password"] = AgentKeySource.BasicPassword,
    };

    public static IReadOnlyDictionary<string, Ambiguity> Accepted => OptIns.ByName;

    /// <summary>Whether case is ignored.</summary>
    public static IReadOnlyDictionary<string, bool> PathCases { get; } = new Dictionary<string, bool> { ["sensitive"] = false, ["insensitive"] = true };

    public static IReadOnlyDictionary<string, bool> Flags { get; } = new Dictionary<string, bool> { ["true"] = true, ["false"] = false };

    public static IReadOnlyDictionary<string, DayOfWeek> Days { get; } = new Dictionary<string, DayOfWeek>
    {
        ["mon"] = DayOfWeek.Monday,
        ["tue"] = DayOfWeek.Tuesday,
        ["wed"] = DayOfWeek.Wednesday,
        ["thu"] = DayOfWeek.Thursday,
        ["fri"] = DayOfWeek.Friday,
        ["sat"] = DayOfWeek.Saturday,
        ["sun"] = DayOfWeek.Sunday,
    };

    /// <summary>What a call may be refused as: kinds of <c>docs/problems.md</c>, and what has no single meaning by its name.</summary>
    public static IReadOnlyDictionary<string, Ambiguity?> Refusals { get; } =
        new[] { "no-single-meaning", "unknown-agent", "unknown-route", "body-too-large", "unreadable-body" }.Select(kind => KeyValuePair.Create(kind, (Ambiguity?)null))
            .Concat(Enum.GetValues<Ambiguity>().Select(kind => KeyValuePair.Create(OptIns.NameOf(kind), (Ambiguity?)kind))).ToDictionary();

    public static IReadOnlyDictionary<string, Version> HttpVersions { get; } = new Dictionary<string, Version>
    {
        ["1.1"] = new(1, 1),
        ["2"] = new(2, 0),
    };
}
