namespace AiAccessProxy.Ledger;

/// <summary>Names one register: <c>ticket/t_0198…</c>.</summary>
internal readonly record struct RegisterId(string Kind, string Key)
{
    public override string ToString() => $"{Kind}/{Key}";
}
