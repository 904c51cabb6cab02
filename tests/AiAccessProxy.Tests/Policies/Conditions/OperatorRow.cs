using AiAccessProxy.Policies.Conditions;

namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>One line of the table: what an operator, as a policy writes it, comes to for a call.</summary>
internal sealed record OperatorRow(Type Operator, string Written, Situation Situation, string Call, Truth Truth)
{
    public override string ToString() => $"{Written} of {Call} is {Truth}";
}
