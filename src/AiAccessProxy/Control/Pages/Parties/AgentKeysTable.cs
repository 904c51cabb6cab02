using AiAccessProxy.Control.Api.Shapes;

namespace AiAccessProxy.Control.Pages.Parties;

/// <summary>The keys of an agent: those that work first. Neither their texts nor their hashes are known here.</summary>
internal static class AgentKeysTable
{
    /// <summary>Of those that have ended; the ledger has all of them.</summary>
    private const int MostEnded = 20;

    public static Html Of(AgentView view)
    {
        var keys = view.Agent.Keys;
        var shown = keys.Where(key => key.Live).Concat(keys.Where(key => !key.Live).OrderByDescending(key => key.Ends).Take(MostEnded)).ToList();
        return Html.Of($"""
            <section data-live="keys">
            <h2>Keys</h2>
            {(shown.Count == 0 ? None : Html.Of($"""
                <div class="scroll" role="region" aria-label="Keys" tabindex="0">
                <table>
                <thead><tr><th scope="col">Key</th><th scope="col">State</th><th scope="col">Acts for</th><th scope="col">Last used</th><th scope="col">Ends</th><th scope="col">From</th></tr></thead>
                <tbody>
                {Html.Each(shown, key => Row(key, view))}
                </tbody>
                </table>
                </div>
                """))}
            </section>
            """);
    }

    private static Html None => Html.Of($"""
        <p class="hint">It has no key. <code>aiaccess agents key create</code> makes one; an operator can also make one by the API.</p>
        """);

    private static Html Row(KeyJson key, AgentView view) => Html.Of($"""
        <tr data-key="{key.Id}">
        <th scope="row">{key.Id}</th>
        <td>{(key.Live ? Html.Of($"<span class=\"status well\">Works</span>") : Html.Of($"<span class=\"status\">Ended</span>"))}</td>
        <td>{(key.OnBehalfOf is { } person ? Words.Person(view.Rules.People, person) : "nobody")}</td>
        <td>{(key.LastUsed is { } used ? Moment.Ago(used, view.Now) : Html.Of($"not known"))}</td>
        <td>{(key.Ends is { } ends ? Moment.Ago(ends, view.Now) : Html.Of($"never"))}{(key.EndedBy is { } by ? Html.Of($" by {Words.Person(view.Rules.People, by)}") : Html.None)}</td>
        <td>{From(key, view)}</td>
        </tr>

        """);

    private static Html From(KeyJson key, AgentView view) => key is { MadeBy: { } by, MadeAt: { } at }
        ? Html.Of($"made by {Words.Person(view.Rules.People, by)} {Moment.Ago(at, view.Now)}")
        : Html.Of($"<code>agents.yaml</code>");
}
