namespace AiAccessProxy.Bypass.Harness;

/// <summary>One connection of an agent that puts any bytes on the wire.</summary>
internal interface IAdversary : IAsyncDisposable
{
    /// <summary>Whether it can be used for another call.</summary>
    bool IsOpen { get; }

    /// <summary>Sends the call and waits for its answer; null when the server closed the connection, or reset the stream, without one.</summary>
    Task<Answer?> CallAsync(Spelling call, Key agent, string number);
}
