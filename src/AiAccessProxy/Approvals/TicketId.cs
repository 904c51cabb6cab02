namespace AiAccessProxy.Approvals;

/// <summary>Names a ticket (<c>t_</c> and 32 hex digits, UUIDv7). An id is a name, never a capability.</summary>
internal readonly record struct TicketId(string Value)
{
    public static TicketId New(DateTimeOffset now) => new($"t_{Guid.CreateVersion7(now):n}");

    public override string ToString() => Value;
}
