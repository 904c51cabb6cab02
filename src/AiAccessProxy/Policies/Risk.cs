namespace AiAccessProxy.Policies;

/// <summary>How bad a wrong approval would be. Ordered: of several rules the highest counts.</summary>
internal enum Risk
{
    Low,
    Medium,
    High,
    Critical,
}
