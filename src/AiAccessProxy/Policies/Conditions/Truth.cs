namespace AiAccessProxy.Policies.Conditions;

/// <summary>Kleene's three values, ordered so that <c>and</c> is the least and <c>or</c> the greatest.</summary>
internal enum Truth
{
    False,

    /// <summary>It cannot be told. A rule that ends here counts against the caller.</summary>
    Unknown,

    True,
}
