namespace AiAccessProxy.Forwarding.Delivery;

/// <summary>
/// Is asked whether streams that are being reset on an HTTP/2 connection may be. The server bounds only those that are not cleared away yet
/// (CVE-2023-44487). A feature of the connection.
/// </summary>
/// <param name="MayReset">Called in the order of the connection's bytes, one call at a time; false ends the connection.</param>
internal sealed record ResetBudget(Func<int, bool> MayReset);
