namespace AiAccessProxy.Control.Pages;

/// <summary>Where a person types their key.</summary>
internal static class SignInPage
{
    public static Html Of(string to, ControlProblem? problem) => Layout.Of("Sign in", null, null, null, Html.Of($"""
        <section class="narrow">
        <h1>Sign in</h1>
        {(problem is null ? Html.None : Words.Notice(problem))}
        <form id="sign-in" method="post" action="/sign-in">
        <input type="hidden" name="to" value="{to}">
        <label for="key">Your personal key</label>
        <input id="key" name="key" type="password" autocomplete="current-password" required autofocus spellcheck="false">
        <button class="main">Sign in</button>
        </form>
        <p class="hint">Keys of people stand in <code>people.yaml</code>, as hashes; whoever runs this proxy gave you yours.
        An agent's key opens nothing here.</p>
        </section>
        """));
}
