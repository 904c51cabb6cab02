namespace AiAccessProxy.Control.Pages;

/// <summary>Forms that ask for a part of a list: their fields, and what came back of them in the address.</summary>
internal static class Asking
{
    /// <summary>Longer than anything that is worth asking for.</summary>
    private const int Longest = 200;

    /// <summary>What a field asks for; null when it was left empty.</summary>
    public static string? Asked(this IQueryCollection query, string name) =>
        query[name].ToString().Trim() is { Length: > 0 and <= Longest } text ? text : null;

    /// <param name="label">Unique on its page: it names the field's element too.</param>
    public static Html Choice(string name, string label, string any, string? chosen, IEnumerable<(string Value, string Text)> choices) => Html.Of($"""
        <div><label for="by-{name}">{label}</label>
        <select id="by-{name}" name="{name}"><option value="">{any}</option>{Html.Each(WithChosen(choices, chosen), one => Option(one, chosen))}</select></div>
        """);

    public static Html Text(string name, string label, string? text, string hint = "") => Html.Of($"""
        <div><label for="by-{name}">{label}</label>
        <input id="by-{name}" name="{name}" value="{text}" maxlength="{Longest}" autocomplete="off" placeholder="{hint}"></div>
        """);

    public static Html Search(string? text, string label = "Search") => Html.Of($"""
        <div class="wide"><label for="by-text">{label}</label>
        <input id="by-text" name="text" type="search" value="{text}" maxlength="{Longest}" autocomplete="off" data-search></div>
        """);

    /// <summary>An hour and day without a zone: browsers have no field that names one, so that it is UTC is said.</summary>
    public static Html Time(string name, string label, string? text) => Html.Of($"""
        <div><label for="by-{name}">{label}</label>
        <input id="by-{name}" name="{name}" type="datetime-local" value="{text}"></div>
        """);

    public static Html Button(bool isAsked, string all) => Html.Of($"""
        <div class="go"><button class="quiet">Show</button>{(isAsked ? Html.Of($"<a href=\"{all}\">Show all</a>") : Html.None)}</div>
        """);

    private static Html Option((string Value, string Text) one, string? chosen) => one.Value == chosen
        ? Html.Of($"<option value=\"{one.Value}\" selected>{one.Text}</option>")
        : Html.Of($"<option value=\"{one.Value}\">{one.Text}</option>");

    /// <summary>What was asked for stays in the list, also when there is nothing of it any more.</summary>
    private static IEnumerable<(string Value, string Text)> WithChosen(IEnumerable<(string Value, string Text)> choices, string? chosen)
    {
        var all = choices.ToList();
        return chosen is null || all.Exists(one => one.Value == chosen) ? all : [.. all, (chosen, chosen)];
    }
}
