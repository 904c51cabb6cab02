namespace AiAccessProxy.Settings;

/// <summary>The value is shown to nobody: not in problems, in the ledger or in the console.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
