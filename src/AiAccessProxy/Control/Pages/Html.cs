using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using AiAccessProxy.Approvals.Showing;

namespace AiAccessProxy.Control.Pages;

/// <summary>
/// Markup, written as an interpolated string: what the source says is markup, every hole is text and is encoded. Text can only become
/// markup by being a hole of this type, so nothing from outside ever does. Attribute values are written in double quotes.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct Html
{
    private readonly StringBuilder? _markup;

    public Html(int literalLength, int holes) => _markup = new(literalLength + (holes * 24));

    public static Html None => default;

    public static Html Of(Html markup) => markup;

    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> markup)
    {
        var all = new Html(0, 4);
        foreach (var item in items) all.AppendFormatted(markup(item));
        return all;
    }

    /// <summary>Text whose line feeds are kept, for elements that show them.</summary>
    public static Html Lines(string text)
    {
        var html = new Html(text.Length, 0);
        html._markup!.Append(WebUtility.HtmlEncode(Visibly(text, multiline: true)));
        return html;
    }

    public void AppendLiteral(string markup) => _markup!.Append(markup);

    public void AppendFormatted(string? text) => _markup!.Append(WebUtility.HtmlEncode(Visibly(text ?? "", multiline: false)));

    public void AppendFormatted(long number) => _markup!.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Html html) => _markup!.Append(html._markup);

    public override string ToString() => _markup?.ToString() ?? "";

    /// <summary>The text with whatever is invisible in it spelled out; unlike the bytes of a call, its backslashes stand as they are.</summary>
    private static string Visibly(string text, bool multiline) =>
        ShownText.Escape(Encoding.UTF8.GetBytes(text), multiline).Replace(@"\\", @"\", StringComparison.Ordinal);
}
