namespace AiAccessProxy.Control.Api.Shapes;

/// <summary>The data of one server-sent event: what happened to what, and where it stands in the ledger. The rest is asked for.</summary>
/// <param name="Kind">Kind of the record: <c>ticket.opened</c>.</param>
internal sealed record EventJson(long Position, string Subject, string Kind, DateTimeOffset At);
