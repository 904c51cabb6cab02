using AiAccessProxy.Agents;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>Values that refer to whoever makes the call: "only the customer of the person I act for".</summary>
public class ReferenceTests
{
    private const string Own = "paths: [\"/customers/{customer}\"], where: [{ field: path.customer, {0} }]";

    [Theory]
    [InlineData("equals: \"${on_behalf_of.id}\"", "joan", "joan", true)]
    [InlineData("equals: \"${on_behalf_of.id}\"", "hugo", "joan", false)]
    [InlineData("equals: \"c-${on_behalf_of.id}\"", "c-joan", "joan", true)]
    [InlineData("equals: \"${agent.owner}.${agent.id}\"", "ada.billing-bot", null, true)]
    [InlineData("in: [nobody, \"${on_behalf_of.id}\"]", "joan", "joan", true)]
    [InlineData("starts_with: \"${on_behalf_of.id}-\"", "joan-1", "joan", true)]
    [InlineData("starts_with: \"${on_behalf_of.id}-\"", "joan", "joan", false)]
    [InlineData("ends_with: \"-${agent.id}\"", "x-billing-bot", null, true)]
    [InlineData("contains: \"${agent.owner}\"", "canada", null, true)]
    [InlineData("equals: \"${env:TENANT}-${agent.id}\"", "value-of-TENANT-billing-bot", null, true)]
    public void A_value_may_stand_for_whoever_calls(string wanted, string customer, string? onBehalfOf, bool met)
    {
        Assert.Equal(met, Decided("allow", wanted, customer, onBehalfOf) is Decision.Allow);
        Assert.Equal(met, Decided("deny", wanted, customer, onBehalfOf).Rules.Count == 1);
    }

    [Theory]
    [InlineData("equals: \"${on_behalf_of.id}\"", "x")]
    [InlineData("equals: \"c-${on_behalf_of.id}\"", "c-")]
    [InlineData("in: [\"${on_behalf_of.id}\"]", "null")]
    [InlineData("starts_with: \"${on_behalf_of.id}\"", "x")]
    [InlineData("contains: \"${on_behalf_of.id}\"", "x")]
    public void What_stands_for_nobody_is_equal_to_nothing_and_different_from_nothing(string wanted, string customer)
    {
        Assert.IsType<Decision.Deny>(Decided("allow", wanted, customer, null));
        Assert.True(Assert.Single(Decided("deny", wanted, customer, null).Rules).Unknown);
        var others = Some.Decided(
            Some.Policy($"- {{ id: others, effect: deny, match: {{ paths: [\"/customers/{{customer}}\"], except: {{ where: [{{ field: path.customer, {wanted} }}] }} }} }}", "default: allow"),
            Some.Action(target: $"/customers/{customer}"));
        Assert.True(Assert.Single(others.Decision.Rules).Unknown);
    }

    [Fact]
    public void A_secret_beside_a_reference_stays_one()
    {
        var told = Decided("deny", "equals: \"${env:TENANT}-${agent.id}\"", "value-of-TENANT-billing-bot", null);
        Assert.Equal(
            ["the path matches /customers/{customer}", "path.customer (redacted) is what the rule looks for"], Assert.Single(told.Rules).Because);
    }

    private static Decision Decided(string effect, string wanted, string customer, string? onBehalfOf) => Some.Decided(
        Some.Policy($"- {{ id: own, effect: {effect}, match: {{ {Own.Replace("{0}", wanted, StringComparison.Ordinal)} }} }}", effect == "deny" ? "default: allow" : ""),
        Some.Action(target: $"/customers/{customer}"),
        new Caller(Some.Agent(), onBehalfOf, "key:k1")).Decision;
}
