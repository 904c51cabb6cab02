using System.Globalization;

namespace AiAccessProxy.Ledger.Embedded;

/// <summary>
/// The registers as they stood before a segment, so that start-up replays only what came after. It saves time and nothing else: without it the
/// registers are rebuilt from the segments.
/// </summary>
internal static class RegisterSnapshot
{
    public const string Extension = ".registers";
    private const int WriteBytes = 1024 * 1024;

    public static string PathOf(string folder, int segment) =>
        Path.Combine(folder, segment.ToString("D8", CultureInfo.InvariantCulture) + Extension);

    public static void Write(Disk disk, SegmentName before, RegisterBook book, Func<Register, SealedState> seal, DateTimeOffset now)
    {
        var path = PathOf(before.Folder, before.Sequence);
        var temporary = path + ".tmp";
        using (var file = disk.Open(temporary, FileMode.Create))
        {
            var lines = new LineWriter();
            var written = 0L;
            lines.Write(new Line.Header(before.Sequence, before.First, now) { Registers = book.Registers.Count });
            foreach (var held in book.Registers.Values)
            {
                lines.Write(new Line.Moved(held, held.Register.IsLive ? seal(held.Register) : null));
                if (lines.Written.Length >= WriteBytes) Flush();
            }

            Flush();
            file.Sync();

            void Flush()
            {
                file.Write(lines.Written.Span, written);
                written += lines.Written.Length;
                lines.Clear();
            }
        }

        disk.Rename(temporary, path);
        disk.SyncFolder(before.Folder);
    }

    /// <summary>Keeps the one before, for when the segment that was just begun should be dropped again.</summary>
    public static void DeleteOlder(Disk disk, SegmentName begun)
    {
        foreach (var path in Directory.EnumerateFiles(begun.Folder, "*" + Extension))
        {
            var isOlder = int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var segment)
                && segment < begun.Sequence - 1;
            if (isOlder) disk.Delete(path);
        }
    }

    /// <summary>Gives each register to <paramref name="take"/>.</summary>
    /// <exception cref="LedgerRefusedException">It is damaged.</exception>
    public static Line.Header Read(string path, Action<Line.Moved> take)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(file);
        var scanner = new ChangeScanner(file, 0, length);
        if (!scanner.Next() || scanner.Change[0] is not Line.Header { Registers: { } left } header) throw Damaged(path, 0);
        for (; left > 0; left--)
        {
            if (!scanner.Next() || scanner.Change[0] is not Line.Moved moved) throw Damaged(path, scanner.Offset);
            take(moved);
        }

        return scanner.Offset == length ? header : throw Damaged(path, scanner.Offset);
    }

    private static LedgerRefusedException Damaged(string path, long offset) => new(
        $"The ledger's snapshot {path} is damaged at byte {offset}. Delete that file and start again: the registers are then rebuilt from the segments.");
}
