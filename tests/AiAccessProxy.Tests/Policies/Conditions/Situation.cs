namespace AiAccessProxy.Tests.Policies.Conditions;

/// <summary>What a field can be to an operator. Each operator has rows for each.</summary>
public enum Situation
{
    Present,
    Absent,
    Null,
    WrongType,
    Repeated,
    Unreadable,
}
