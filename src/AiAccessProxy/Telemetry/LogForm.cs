namespace AiAccessProxy.Telemetry;

/// <summary>How logs look.</summary>
internal enum LogForm
{
    /// <summary>As a person reads them in a terminal, as a program does elsewhere.</summary>
    Auto,
    Text,
    Json,
}
