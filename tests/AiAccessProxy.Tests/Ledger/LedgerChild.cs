using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using AiAccessProxy.Ledger;
using AiAccessProxy.Ledger.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiAccessProxy.Tests.Ledger;

/// <summary>
/// This test program started once more as a process that writes a ledger, says what was answered for on standard output, and lives until it is
/// killed: the only way to be sure that nothing of the writer survives but its files.
/// </summary>
internal static class LedgerChild
{
    private const string FolderVariable = "AIACCESS_TESTS_LEDGER_CHILD";

    public static Process Start(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [FolderVariable] = folder },
        };
        // Under "dotnet test" or "dotnet exec" the process is dotnet and the program its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(LedgerChild).Assembly.Location);
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // this is a program, and here is the only place before its generated entry point
    [ModuleInitializer]
    internal static void RunIfStartedAsChild()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder) return;
        try
        {
            Write(folder);
        }
        catch (LedgerRefusedException refused)
        {
            Console.Error.WriteLine(refused.Message);
            Environment.Exit(3);
        }
    }
#pragma warning restore CA2255

    /// <summary>Opens tickets, moves and ends them, eight at a time, for ever.</summary>
    private static void Write(string folder)
    {
        using var ledger = EmbeddedLedger.Open(
            new() { Folder = folder, ReserveBytes = 4096, SegmentBytes = 64 * 1024 }, TimeProvider.System, NullLogger<EmbeddedLedger>.Instance);
        var output = Console.OpenStandardOutput();
        for (var round = ledger.Durable.Number; ; round++)
        {
            for (var revision = 0; revision < 3; revision++)
            {
                var running = new Task<Outcome>[8];
                for (var i = 0; i < running.Length; i++)
                {
                    var id = new RegisterId("ticket", string.Create(CultureInfo.InvariantCulture, $"{round}-{i}"));
                    var move = new Move(id, revision, Encoding.UTF8.GetBytes($"{id} {revision}")) { LiveGroup = revision == 2 ? null : "a" };
                    running[i] = ledger.CommitAsync(new([Some.Record(detail: $"{id} {revision + 1}")], [move]), default).AsTask();
                }

                Task.WaitAll(running);
                foreach (var task in running) _ = (Outcome.Done)task.Result;
                output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{round} {revision + 1}\n")));
            }
        }
    }
}
