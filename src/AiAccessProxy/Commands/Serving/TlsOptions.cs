using System.ComponentModel;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Commands.Serving;

/// <summary>Settings of the certificates of both planes, section <c>tls</c>.</summary>
internal sealed class TlsOptions : ISettings
{
    public static string Section => "tls";

    [Description("How often the files of certificates and keys are read again. New ones are shown from the next handshake on.")]
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(10);

    [Description("A certificate that is good for no longer than this raises an alarm.")]
    public TimeSpan ExpiryAlarm { get; set; } = TimeSpan.FromDays(14);

    public IEnumerable<string> Problems()
    {
        if (Poll < TimeSpan.FromMilliseconds(100) || Poll > TimeSpan.FromDays(1)) yield return $"tls:poll: {Quantity.Words(Poll)} is not between 100ms and 1d";
        if (ExpiryAlarm < TimeSpan.Zero) yield return "tls:expiryAlarm: must not be negative";
    }
}
