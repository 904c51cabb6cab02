namespace AiAccessProxy.Policies;

/// <summary>What a rule does. Ordered by strength: a stronger effect beats a weaker one, whatever the order of the rules.</summary>
internal enum Effect
{
    Allow,
    RequireApproval,
    Deny,
}
