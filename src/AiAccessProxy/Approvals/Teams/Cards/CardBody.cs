using System.Text.Json.Nodes;
using AiAccessProxy.Approvals.Channels;
using AiAccessProxy.Policies;
using static AiAccessProxy.Approvals.Teams.Cards.CardElements;

namespace AiAccessProxy.Approvals.Teams.Cards;

/// <summary>What a card says, from its risk down to the deadline.</summary>
internal static class CardBody
{
    /// <summary>Id of the part that a button shows and hides.</summary>
    public const string Call = "call";

    public static IEnumerable<JsonObject> Of(TicketCard card)
    {
        yield return Container(StyleOf(card.Risk), null, isVisible: true, Line(Run($"{card.Risk.ToString().ToUpperInvariant()} RISK", weight: "bolder"), Run($" · {StatusWords.Of(card.Status)}", weight: card.IsOpen ? null : "bolder")));
        foreach (var line in card.Summary) yield return Line(Said(line, size: "large", weight: "bolder"));
        if (card.Action is { } action) yield return Fact("Action", Said(action));
        yield return Fact("Call", [.. Said(card.Method, mono: true), Run(" "), .. Sent(card.Target), .. card.Upstream is { } upstream ? [Run(" to "), .. Said(upstream, mono: true)] : Array.Empty<JsonObject>()]);
        foreach (var field in card.Fields) yield return Line([.. Said(field.Name, weight: "bolder"), Run(": ", weight: "bolder"), .. Sent(field)]);
        yield return Fact("Agent", [.. Said(card.Agent), Run(", owned by "), .. Said(card.Owner), Run(", on behalf of "), .. card.OnBehalfOf is { } person ? Said(person) : [Run("nobody")]]);
        foreach (var (name, words) in card.Claims) yield return Line([Run($"The agent says ({name}, unchecked): ", weight: "bolder"), Run("“"), .. Said(words), Run("”")]);
        foreach (var rule in card.Rules) yield return Why(rule);
        foreach (var run in card.Earlier) yield return Fact("The identical call before", Run($"{Utc(run.Opened)}: {StatusWords.Of(run.Ended)}{(run.UpstreamStatus is { } status ? $", upstream status {status}" : "")}"));
        foreach (var element in Exactly(card)) yield return element;
        foreach (var element in Standing(card)) yield return element;
    }

    private static JsonObject Why(CardRule rule) => Fact("Rule", [
        .. Said(rule.Id),
        .. rule.Unknown ? [Run(" (a condition could not be told)")] : Array.Empty<JsonObject>(),
        .. rule.Because.SelectMany((because, index) => (IEnumerable<JsonObject>)[Run(index == 0 ? ": " : "; "), .. Said(because)]),
    ]);

    /// <summary>Every header and the body; folded up when the rules name what is to be seen first.</summary>
    private static IEnumerable<JsonObject> Exactly(TicketCard card)
    {
        if (card.Call.Count > 0)
        {
            var folded = card.Fields.Count > 0;
            if (folded)
            {
                yield return new()
                {
                    ["type"] = "ActionSet",
                    ["actions"] = new JsonArray(new JsonObject
                    {
                        ["type"] = "Action.ToggleVisibility",
                        ["title"] = "Show exactly what will be sent",
                        ["targetElements"] = new JsonArray(Call),
                    }),
                };
            }

            yield return Container("emphasis", Call, isVisible: !folded, [
                .. card.Call.Select(part => Line([.. Said(part.Name, weight: "bolder"), Run(": ", weight: "bolder"), .. Sent(part)])),
                .. card.Credential is { } credential ? [Fact("The proxy adds the credential", Said(credential))] : Array.Empty<JsonObject>(),
            ]);
        }

        if (card.IsSpelledOut)
            yield return Line(Run(@"Letters that run from right to left stand here as \u{…}, so that nothing changes places. The page shows them as they are written.", subtle: true));
        if (card.IsOpen && card.Missing > 0)
            yield return House($"{Bytes(card.Missing)} of this call are not on this card. Open the page to see all of it and to approve it.", weight: "bolder", color: "attention");
    }

    private static IEnumerable<JsonObject> Standing(TicketCard card)
    {
        foreach (var vote in card.Votes) yield return VoteOf(vote);
        if (card.Status == TicketStatus.Pending)
        {
            yield return Fact("Approvals", Said(card.Progress));
            yield return House($"Decide until {Moment(card.DecideBy)}");
        }
        else if (card is { Status: TicketStatus.Approved, UseBy: { } useBy })
        {
            yield return House($"The agent has to be there to receive the answer until {Moment(useBy)}");
        }
        else if (card.Ended is { } ended)
        {
            yield return Fact("Ended", [
                Run(Utc(ended)),
                // The reason of a denial stands beside its vote already.
                .. card is { Because: { } because, Status: not TicketStatus.Denied } ? [Run(", "), .. Said(because)] : Array.Empty<JsonObject>(),
                .. card.UpstreamStatus is { } status ? [Run($", the upstream answered {status}")] : Array.Empty<JsonObject>(),
            ]);
        }

        if (card.Viewer is { WhyNot: { } why } && card.IsOpen) yield return Line([Run("You: ", weight: "bolder"), .. Said(SafeText.Of(why, 400))]);
    }

    private static JsonObject VoteOf(CardVote vote) => Line([
        .. Said(vote.Person),
        Run(vote.Approve ? " approved" : " denied", weight: "bolder", color: vote.Approve ? "good" : "attention"),
        Run($", {Utc(vote.At)}, {vote.Channel}{(vote.Unverified ? ", unverified" : "")}"),
        .. vote.Reason is { } reason ? [Run(": “"), .. Said(reason), Run("”")] : Array.Empty<JsonObject>(),
    ]);

    private static string StyleOf(Risk risk) => risk switch
    {
        Risk.Critical => "attention",
        Risk.High => "warning",
        Risk.Medium => "accent",
        _ => "good",
    };
}
