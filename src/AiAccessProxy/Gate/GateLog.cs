namespace AiAccessProxy.Gate;

/// <summary>What the gate logs: broken machinery only; what happened to calls is in the ledger.</summary>
internal sealed partial class GateLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Error, "A call was not executed because the ledger cannot record it")]
    private static partial void LogNotRecordable(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "The gate failed on a call")]
    private static partial void LogBroken(ILogger logger, Exception exception);

    public void NotRecordable(Exception exception) => LogNotRecordable(logger, exception);

    public void Broken(Exception exception) => LogBroken(logger, exception);
}
