namespace AiAccessProxy.Control.Pages;

/// <summary>What the keys do. Closed until the script opens it: without the script there are no keys either.</summary>
internal static class KeysHelp
{
    private static readonly (string Key, string What)[] Keys =
    [
        ("j", "the next in the list"), ("k", "the one before"), ("Enter", "open it"), ("u", "back to the list"),
        ("a", "go to Approve; in a list, of the ticket that is marked"), ("d", "go to Deny, likewise"),
        ("/", "search"), ("?", "this help"), ("Esc", "close it"),
    ];

    public static Html Dialog => Html.Of($"""
        <dialog id="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">Keys</h2>
        <dl class="keys">{Html.Each(Keys, one => Html.Of($"<div><dt><kbd>{one.Key}</kbd></dt><dd>{one.What}</dd></div>"))}</dl>
        <p class="hint">No key decides anything by itself: Approve and Deny are pressed.</p>
        <button type="button" class="quiet" data-close>Close</button>
        </dialog>
        <p class="foot"><button type="button" class="quiet" data-open-keys hidden>Keys: press ?</button></p>
        """);
}
