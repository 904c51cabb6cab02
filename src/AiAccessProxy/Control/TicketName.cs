using System.Text.RegularExpressions;
using AiAccessProxy.Approvals;
using Microsoft.AspNetCore.Routing;

namespace AiAccessProxy.Control;

/// <summary>The ticket that a path names.</summary>
internal static partial class TicketName
{
    /// <summary>Null for what cannot be the id of a ticket.</summary>
    public static TicketId? Of(HttpContext context) =>
        context.GetRouteValue("id") is string id && Is(id) ? new TicketId(id) : null;

    /// <summary>False for what somebody only called a ticket.</summary>
    public static bool Is(string id) => Form().IsMatch(id);

    [GeneratedRegex(@"\At_[0-9a-f]{32}\z")]
    private static partial Regex Form();
}
