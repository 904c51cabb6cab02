namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Texts that stand in many places of the files.</summary>
internal static class Pattern
{
    public const string Id = "^([A-Za-z0-9][A-Za-z0-9._-]{0,63}|.*[$][{].*)$";
    public const string Span = "^(([0-9]{1,9}(ms|s|m|h|d)){1,5}|.*[$][{].*)$";
    public const string Reference = "^((group|person):.+|.*[$][{].*)$";
    public const string Notify = "^([a-z][a-z0-9-]{0,31}:[A-Za-z0-9][A-Za-z0-9._-]{0,127})$";
    public const string Person = "^(person:.+|.*[$][{].*)$";
    public const string Sha256 = "^([0-9A-Fa-f]{64}|.*[$][{].*)$";
}
