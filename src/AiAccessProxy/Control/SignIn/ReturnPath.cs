using System.Text.RegularExpressions;

namespace AiAccessProxy.Control.SignIn;

/// <summary>Where a sign-in leads afterwards: to one of the console's own pages and nowhere else.</summary>
internal static partial class ReturnPath
{
    public static string Of(string? asked) => asked is not null && Own().IsMatch(asked) ? asked : "/";

    [GeneratedRegex(@"\A/(history|agents(/[A-Za-z0-9][A-Za-z0-9._-]{0,63})?|people|policy|ledger|settings|health|tickets/t_[0-9a-f]{32})?\z")]
    private static partial Regex Own();
}
