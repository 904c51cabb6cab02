using System.Diagnostics;

namespace Instances;

/// <summary>A process of the run, ended by its pid.</summary>
internal sealed class Child(Process process) : IAsyncDisposable
{
    /// <summary>Processor time so far.</summary>
    public TimeSpan Used
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public int Id => process.Id;

    public static Child Start(string program, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var process = Process.Start(start)!;
        // Read, so that it never waits for somebody to.
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new(process);
    }

    public async Task<string> LineAsync(string beginning)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.Contains(beginning, StringComparison.Ordinal)) return line[(line.IndexOf(beginning, StringComparison.Ordinal) + beginning.Length)..].Trim();
        throw new InvalidOperationException($"{process.StartInfo.FileName} never said '{beginning}'.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
