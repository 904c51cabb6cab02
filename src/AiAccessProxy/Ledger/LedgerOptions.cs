using System.ComponentModel;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Ledger;

/// <summary>Settings of the section <c>ledger</c>.</summary>
internal sealed class LedgerOptions : ISettings
{
    public static string Section => "ledger";

    [Description("The folder that holds the ledger. Made when it is not there.")]
    public string Folder { get; set; } = "data";

    [Description("`always` brings plain allows to disk before they take effect, too. `relaxed`, for Redis alone: what it may lose in a crash is accepted, and shown everywhere.")]
    public LedgerDurability Durability { get; set; } = LedgerDurability.Standard;

    [Description("A segment of the ledger that has grown to this is followed by a new one.")]
    [Bytes]
    public long SegmentBytes { get; set; } = 64 * 1024 * 1024;

    [Description("Space set aside for the edges of tickets, so that nothing else can fill the disk and stop decisions; 0: none.")]
    [Bytes]
    public long ReserveBytes { get; set; } = 16 * 1024 * 1024;

    [Description("How long a plain append may be off the disk under `standard`; at most a second.")]
    public TimeSpan FlushAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    public IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Folder)) yield return "ledger:folder: is empty; name the folder that holds the ledger";
        if (!Enum.IsDefined(Durability)) yield return "ledger:durability: must be standard, always or relaxed";
        if (SegmentBytes < 1024) yield return $"ledger:segmentBytes: {SegmentBytes} is below 1024";
        if (ReserveBytes < 0) yield return $"ledger:reserveBytes: {ReserveBytes} must be 0 or more";
        if (FlushAfter <= TimeSpan.Zero || FlushAfter > TimeSpan.FromSeconds(1))
            yield return $"ledger:flushAfter: {Quantity.Words(FlushAfter)} must be more than 0 and at most a second";
    }
}
