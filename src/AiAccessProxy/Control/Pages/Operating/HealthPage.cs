using AiAccessProxy.Control.SignIn;

namespace AiAccessProxy.Control.Pages.Operating;

/// <summary>How the program fares: what <c>/readyz</c> says, in words and with what to do.</summary>
internal static class HealthPage
{
    public static Html Of(Viewer viewer, IReadOnlyList<HealthConcern> concerns, DateTimeOffset now) => Layout.Of("Health", viewer, "/health", now, Html.Of($"""
        <div data-live="health">
        <h1>Health</h1>
        {(concerns.All(concern => concern.IsWell)
            ? Html.Of($"""<p class="notice good" data-health="ok"><b>All is well.</b> Calls are decided, recorded and sent.</p>""")
            : Html.Of($"""<p class="notice bad" role="alert" data-health="alarm"><b>Something needs you.</b> It is said below.</p>"""))}
        {Html.Each(concerns.OrderBy(concern => concern.IsWell), concern => Section(concern, now))}
        </div>
        <p class="hint">Machines read the same at <code>/readyz</code>, which answers 200 also in alarm: what can still be answered should be. It answers 503 only once this process was told to stop.</p>
        """));

    private static Html Section(HealthConcern concern, DateTimeOffset now) => Html.Of($"""
        <section class="card" data-concern="{concern.Name.ToLowerInvariant()}">
        <h2>{concern.Name} <span class="status {(concern.IsWell ? "well" : "failed")}">{(concern.IsWell ? "Well" : "Alarm")}</span></h2>
        <p>{concern.Words}{(concern.Since is { } since ? Html.Of($" Since {Moment.Ago(since, now)}.") : Html.None)}</p>
        {(concern.ToDo is { } todo ? Html.Of($"<p><b>What to do:</b> {todo}</p>") : Html.None)}
        {(concern.More.Count == 0 ? Html.None : Html.Of($"<ul>{Html.Each(concern.More, line => Html.Of($"<li>{line}</li>"))}</ul>"))}
        </section>
        """);
}
