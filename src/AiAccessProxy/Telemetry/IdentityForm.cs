namespace AiAccessProxy.Telemetry;

/// <summary>How somebody stands in what is told to operators.</summary>
internal enum IdentityForm
{
    Plain,

    /// <summary>Always the same for one id, so that calls of one agent are found, and nobody without the key can say whose they are.</summary>
    Hashed,
    None,
}
