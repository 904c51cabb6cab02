using AiAccessProxy.Control.SignIn.Oidc;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Control.Pages;

/// <summary>Where a person says who they are: by the provider, or with a key of their own.</summary>
internal sealed class SignInPage(IOptions<OidcOptions> options)
{
    public Html Of(string to, ControlProblem? problem) => Layout.Of("Sign in", null, null, null, Html.Of($"""
        <section class="narrow">
        <h1>Sign in</h1>
        {(problem is null ? Html.None : Words.Notice(problem))}
        {(options.Value.ForSignIn is null ? Html.None : Provider(to))}
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

    private Html Provider(string to) => Html.Of($"""
        <p><a id="provider" class="main" href="/sign-in/oidc?to={Uri.EscapeDataString(to)}">Sign in with {options.Value.Name}</a></p>
        <p class="hint">Or, if you were given one:</p>
        """);
}
