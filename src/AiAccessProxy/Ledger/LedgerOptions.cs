namespace AiAccessProxy.Ledger;

/// <summary>Settings of the section <c>Ledger</c>.</summary>
internal sealed class LedgerOptions
{
    /// <summary>The folder that holds the ledger. Made when it is not there.</summary>
    public string Folder { get; set; } = "data";

    public LedgerDurability Durability { get; set; } = LedgerDurability.Standard;

    /// <summary>A segment that has grown to this many bytes is followed by a new one.</summary>
    public long SegmentBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Space set aside for the edges of tickets, in bytes, so that nothing else can fill the disk and stop decisions. 0: none.</summary>
    public long ReserveBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long a plain append may be off the disk under <see cref="LedgerDurability.Standard"/>; at most a second.</summary>
    public TimeSpan FlushAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What is wrong with these settings, all at once; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(Folder)) problems.Add("Ledger:Folder is empty; name the folder that holds the ledger.");
        if (!Enum.IsDefined(Durability)) problems.Add("Ledger:Durability must be standard or always.");
        if (SegmentBytes < 1024) problems.Add($"Ledger:SegmentBytes is {SegmentBytes}; it must be at least 1024.");
        if (ReserveBytes < 0) problems.Add($"Ledger:ReserveBytes is {ReserveBytes}; it must be 0 or more.");
        if (FlushAfter <= TimeSpan.Zero || FlushAfter > TimeSpan.FromSeconds(1))
            problems.Add($"Ledger:FlushAfter is {FlushAfter}; it must be more than 0 and at most a second.");
        return problems;
    }
}
