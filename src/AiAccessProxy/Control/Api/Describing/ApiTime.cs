using System.Globalization;
using System.Text.RegularExpressions;

namespace AiAccessProxy.Control.Api.Describing;

/// <summary>Times as the API takes them: RFC 3339, with a zone.</summary>
internal static partial class ApiTime
{
    /// <summary>Null for anything else.</summary>
    public static DateTimeOffset? Parse(string text) =>
        Form().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)\z")]
    private static partial Regex Form();
}
