using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>A disk under the ledger that can be filled and freed again.</summary>
internal abstract class Disk : IDisposable
{
    /// <summary>The kinds that this machine can do: everybody can forbid a process to write; only root can mount a small file system.</summary>
    public static IEnumerable<string> Kinds => Environment.IsPrivilegedProcess ? [nameof(Small), nameof(Forbidden)] : [nameof(Forbidden)];

    public static Disk Of(string kind, string folder) => kind == nameof(Small) ? new Small(folder) : new Forbidden();

    /// <summary>Whether what was set aside beforehand can still be written when it is full.</summary>
    public abstract bool KeepsReserve { get; }

    public abstract void Fill(ProxyProcess proxy);

    public abstract void Free(ProxyProcess proxy);

    public virtual void Dispose()
    {
    }

    /// <summary>A file system of four megabytes; writes to it end with ENOSPC once it is full.</summary>
    private sealed class Small : Disk
    {
        private readonly string _folder;

        public Small(string folder)
        {
            _folder = folder;
            Run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder);
        }

        public override bool KeepsReserve => true;

        private string Junk => Path.Combine(_folder, "junk");

        public override void Fill(ProxyProcess proxy)
        {
            using var junk = File.Create(Junk, bufferSize: 0);
            try
            {
                while (true) junk.WriteByte(0);
            }
            catch (IOException)
            {
                // Now it is full.
            }
        }

        public override void Free(ProxyProcess proxy) => File.Delete(Junk);

        public override void Dispose()
        {
            Run("umount", _folder);
            base.Dispose();
        }

        private static void Run(string tool, params string[] arguments)
        {
            using var process = Process.Start(Built.Tool(tool), arguments);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }

    /// <summary>The process may not write to any file any more: RLIMIT_FSIZE of 0, so that every write ends with EFBIG.</summary>
    private sealed class Forbidden : Disk
    {
        private const int FileSize = 1;

        public override bool KeepsReserve => false;

        public override void Fill(ProxyProcess proxy) => Limit(proxy.Id, 0);

        public override void Free(ProxyProcess proxy) => Limit(proxy.Id, ulong.MaxValue);

        private static void Limit(int pid, ulong bytes)
        {
            Assert.Equal(0, PrLimit(pid, FileSize, IntPtr.Zero, out var now));
            now.Soft = Math.Min(bytes, now.Hard);
            Assert.Equal(0, PrLimit(pid, FileSize, ref now, IntPtr.Zero));
        }

        [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
        private static extern int PrLimit(int pid, int resource, IntPtr toSet, out Limits before);

        [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
        private static extern int PrLimit(int pid, int resource, ref Limits toSet, IntPtr before);

        [StructLayout(LayoutKind.Sequential)]
        private struct Limits
        {
            public ulong Soft;
            public ulong Hard;
        }
    }
}
