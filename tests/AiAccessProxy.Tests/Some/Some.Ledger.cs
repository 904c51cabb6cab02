using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests;

internal static partial class Some
{
    private static readonly string Folders = Path.Combine(Scratch(), $"aiaccess-tests-{Environment.ProcessId}");

    /// <summary>A folder of its own for a ledger; all are deleted when the tests end.</summary>
    public static string LedgerFolder()
    {
        lock (Folders)
        {
            if (!Directory.Exists(Folders))
            {
                Directory.CreateDirectory(Folders);
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folders, recursive: true);
            }
        }

        return Path.Combine(Folders, Guid.NewGuid().ToString("N"));
    }

    /// <summary>The embedded ledger on a fresh folder. Dispose it.</summary>
    public static Task<EmbeddedLedger> OpenLedgerAsync(TimeProvider time) => OpenLedgerAsync(time, LedgerFolder());

    /// <summary>The embedded ledger on a folder, for tests that open one twice.</summary>
    public static Task<EmbeddedLedger> OpenLedgerAsync(TimeProvider time, string folder) =>
        Task.FromResult(EmbeddedLedger.Open(LedgerOptions(folder), time, NullLogger<EmbeddedLedger>.Instance));

    /// <summary>In memory where there is room: what tests learn does not depend on how long an fsync takes, and how long they take does.</summary>
    private static string Scratch() =>
        Directory.Exists("/dev/shm") && new DriveInfo("/dev/shm").AvailableFreeSpace > 1L << 30 ? "/dev/shm" : Path.GetTempPath();

    public static LedgerOptions LedgerOptions(string folder) => new() { Folder = folder, ReserveBytes = 64 * 1024 };

    public static LedgerRecord Record(string kind = RecordKind.Decided, string? ticket = null, string? detail = null) => new()
    {
        Id = Guid.NewGuid(),
        Time = DateTimeOffset.UnixEpoch,
        Kind = kind,
        Instance = "some-instance",
        Ticket = ticket,
        Detail = detail,
    };
}
