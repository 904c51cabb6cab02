namespace AiAccessProxy.Actions;

/// <summary>Lower-case hex SHA-256 over every part of a bound action, each with its length before it, so that no two actions share one.</summary>
internal readonly record struct ActionDigest(string Hex)
{
    public override string ToString() => Hex;
}
