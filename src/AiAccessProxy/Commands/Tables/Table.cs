namespace AiAccessProxy.Commands.Tables;

/// <summary>Rows under heads, aligned. Cells are given as they are and made safe here, so that nothing of anybody's slips past.</summary>
internal sealed class Table(params Column[] columns)
{
    private const string Gap = "  ";
    private const string Bold = "1";

    public IEnumerable<string> Lines(IEnumerable<string[]> rows, Screen screen)
    {
        var cells = rows.Select(row => row.Select(cell => CellText.Of(cell)).ToArray()).ToList();
        if (cells.Count == 0) yield break;
        var widths = Widths(cells, screen.Width);
        yield return Line([.. columns.Select(column => column.Name)], widths, screen.HasColour ? _ => Bold : _ => null);
        foreach (var row in cells) yield return Line(row, widths, at => screen.HasColour ? columns[at].Colour(row[at]) : null);
    }

    private int[] Widths(List<string[]> cells, int? room)
    {
        var widths = columns.Select((column, at) => cells.Max(row => Math.Max(column.Name.Length, CellText.WidthOf(row[at])))).ToArray();
        var excess = widths.Sum() + (Gap.Length * (columns.Length - 1)) - (room ?? int.MaxValue);
        for (; excess > 0; excess--)
        {
            // The widest gives way, so that nothing is cut short for the sake of something long.
            var widest = -1;
            for (var at = 0; at < columns.Length; at++)
                if (columns[at].Least is { } least && widths[at] > least && (widest < 0 || widths[at] > widths[widest])) widest = at;
            if (widest < 0) break;
            widths[widest]--;
        }

        return widths;
    }

    private string Line(string[] cells, int[] widths, Func<int, string?> colour) => string.Join(Gap, cells.Select((cell, at) =>
    {
        var (text, isLast) = (columns[at].Least is null ? cell : CellText.Cut(cell, widths[at]), at == columns.Length - 1);
        var padding = isLast ? "" : new string(' ', Math.Max(0, widths[at] - CellText.WidthOf(text)));
        return colour(at) is { } code ? $"\u001b[{code}m{text}\u001b[0m{padding}" : text + padding;
    })).TrimEnd();
}
