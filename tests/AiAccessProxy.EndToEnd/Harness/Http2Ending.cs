namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>How <see cref="RawHttp2Upstream"/> ends a request that it has read whole (RFC 9113). Each is known to make some clients resend.</summary>
public enum Http2Ending
{
    /// <summary>The connection is closed without a word.</summary>
    Close,

    /// <summary>RST_STREAM with REFUSED_STREAM: "not processed, may be retried".</summary>
    RefuseStream,

    /// <summary>GOAWAY with last stream 0, which says that nothing was processed, and close.</summary>
    GoAway,
}
