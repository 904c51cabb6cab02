namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>What the buttons of a card say was clicked.</summary>
internal static class CardVerbs
{
    public const string Approve = "approve";

    /// <summary>The second tap that a critical call takes; only the view that the first one is answered with has it.</summary>
    public const string Confirm = "confirm";

    public const string Deny = "deny";

    /// <summary>The card wants to be shown anew; decides nothing.</summary>
    public const string Refresh = "refresh";
}
