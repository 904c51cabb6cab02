using AiAccessProxy.Approvals.Roster;
using AiAccessProxy.Control.Guarding;

namespace AiAccessProxy.Control.Pages.Parties;

/// <summary>Whether an agent may call, and the form to stop it or let it go on: only for whom that is.</summary>
internal static class SuspensionPanel
{
    public static Html Of(AgentView view) => Html.Of($"""
        <aside id="decision" data-live="decision" aria-label="Suspension">
        {(view.Notice is { } notice ? Words.Notice(notice) : Html.None)}
        {(view.Agent.Suspended is null ? Calling(view) : Stopped(view))}
        </aside>
        """);

    private static Html Calling(AgentView view) => Html.Of($"""
        <h2>It may call</h2>
        <p class="hint">Suspended, nothing of it goes upstream from within two seconds, and none of its tickets can be approved.</p>
        {(view.Agent.MayStop
            ? Form(view, "suspend", Html.Of($"""<button class="danger">Suspend</button>"""), "Why? The agent is told.")
            : WhyNot("Its owner and people of the group operators can suspend it."))}
        """);

    private static Html Stopped(AgentView view)
    {
        var suspension = view.Agent.Suspended!;
        return Html.Of($"""
            <h2>Suspended</h2>
            <p>By <b>{Words.Person(view.Rules.People, suspension.By)}</b>, {Moment.Ago(suspension.At, view.Now)}{(suspension.Reason is { } why ? Html.Of($": <q>{why}</q>") : Html.None)}</p>
            {(view.Agent.MayLet
                ? Form(view, "resume", Html.Of($"""<button class="main">Resume</button>"""), "Why may it go on?")
                : WhyNot("Only people of the group operators can resume it."))}
            """);
    }

    private static Html WhyNot(string why) => Html.Of($"""<p class="notice" data-why-not>{why}</p>""");

    private static Html Form(AgentView view, string what, Html button, string label) => Html.Of($"""
        <form id="{what}" class="decide" method="post" action="/agents/{Uri.EscapeDataString(view.Agent.Id)}/{what}">
        <input type="hidden" name="{FormCheck.Token}" value="{view.Viewer.Session?.FormToken}">
        <label for="{what}-reason">{label}</label>
        <textarea id="{what}-reason" name="reason" rows="2" maxlength="{RosterDesk.LongestWords}" required>
        {Html.Lines(view.Typed ?? "")}</textarea>
        {button}
        </form>
        """);
}
