using System.ComponentModel;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Tokens;

/// <summary>Settings of the keys of token issuers, section <c>tokens</c>.</summary>
internal sealed class TokenOptions : ISettings
{
    public static string Section => "tokens";

    [Description("An issuer's keys are fetched anew when they are older than this.")]
    public TimeSpan KeyAge { get; set; } = TimeSpan.FromHours(1);

    [Description("An issuer's keys that cannot be fetched anew are used until they are this old.")]
    public TimeSpan KeepKeys { get; set; } = TimeSpan.FromHours(24);

    [Description("Least time between two fetches from one issuer, whatever tokens come.")]
    public TimeSpan FetchAtMost { get; set; } = TimeSpan.FromSeconds(30);

    [Description("How long one answer of an issuer may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<string> Problems()
    {
        if (KeyAge < TimeSpan.FromMinutes(1)) yield return "tokens:keyAge: is below a minute";
        if (KeepKeys < KeyAge) yield return "tokens:keepKeys: is below tokens:keyAge";
        if (KeepKeys > TimeSpan.FromDays(7)) yield return "tokens:keepKeys: is above 7 days, in which a stolen key would go on working";
        if (FetchAtMost < TimeSpan.FromSeconds(1) || FetchAtMost > TimeSpan.FromMinutes(10)) yield return "tokens:fetchAtMost: is not between 1s and 10m";
        if (Timeout < TimeSpan.FromSeconds(1) || Timeout > TimeSpan.FromMinutes(1)) yield return "tokens:timeout: is not between 1s and 1m";
    }
}
