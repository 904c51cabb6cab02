namespace AiAccessProxy.Tokens;

/// <summary>Why a token proves nothing.</summary>
internal enum TokenFault
{
    /// <summary>It is no JWT, or not one that has a single reading.</summary>
    Form,

    /// <summary>It asks for keys, algorithms or rules of its own.</summary>
    Header,

    /// <summary>It comes from nobody who is believed here.</summary>
    Issuer,

    /// <summary>It is meant for somebody else.</summary>
    Audience,

    /// <summary>It has expired, or is not good yet.</summary>
    Times,

    /// <summary>No key of its issuer is the one that it names.</summary>
    UnknownKey,

    /// <summary>Its issuer's keys cannot be had.</summary>
    NoKeys,

    /// <summary>Its signature is not that of its issuer.</summary>
    Signature,

    /// <summary>What it claims fits no agent, or nobody who may do this.</summary>
    Claims,
}
