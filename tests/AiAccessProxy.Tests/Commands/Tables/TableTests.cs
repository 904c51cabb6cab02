using AiAccessProxy.Commands.Tables;
using FsCheck;
using FsCheck.Fluent;

namespace AiAccessProxy.Tests.Commands.Tables;

public class TableTests
{
    private static readonly Screen Paper = new(null, HasColour: false, default);

    private static readonly Table Sample = new(new Column("ID"), new Column("NAME") { Least = 4 }, new Column("NOTE") { Least = 4, Colour = text => text == "bad" ? "31" : null });

    [Fact]
    public void Cells_stand_below_their_heads() => Assert.Equal(
        [
            "ID   NAME    NOTE",
            "a    longer  x",
            "abc  b       bad",
        ],
        Sample.Lines([["a", "longer", "x"], ["abc", "b", "bad"]], Paper));

    [Fact]
    public void Letters_that_take_two_columns_and_marks_that_take_none_are_measured_so()
    {
        var lines = Sample.Lines([["日本", "e\u0301", "x"], ["a", "b", "y"]], Paper).ToList();

        Assert.Equal("日本  e\u0301     x", lines[1]);
        Assert.Equal("a     b     y", lines[2]);
    }

    [Fact]
    public void Where_the_terminal_is_narrow_the_widest_gives_way_and_ids_never_do()
    {
        var lines = Sample.Lines([["t_0123456789", new string('n', 100), "note"]], Paper with { Width = 40 }).ToList();

        Assert.All(lines, line => Assert.InRange(CellText.WidthOf(line), 1, 40));
        Assert.StartsWith("t_0123456789  nnnn", lines[1], StringComparison.Ordinal);
        Assert.Contains("n…  note", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_narrower_than_what_must_be_told_cuts_nothing_that_must() =>
        Assert.Equal("t_0123456789  nnn…  not…", Sample.Lines([["t_0123456789", "nnnnnnnn", "notenote"]], Paper with { Width = 10 }).Last());

    [Fact]
    public void Colour_is_for_terminals_alone_and_changes_no_width()
    {
        string[][] rows = [["a", "b", "bad"], ["a", "b", "good"]];

        Assert.DoesNotContain(Sample.Lines(rows, Paper), line => line.Contains('\u001b'));
        Assert.Equal(
            ["\u001b[1mID\u001b[0m  \u001b[1mNAME\u001b[0m  \u001b[1mNOTE\u001b[0m", "a   b     \u001b[31mbad\u001b[0m", "a   b     good"],
            Sample.Lines(rows, Paper with { HasColour = true }));
    }

    [Fact]
    public void No_text_of_anybodys_moves_the_terminal_whatever_its_width() => Prop.ForAll<string, int>((text, width) =>
    {
        var lines = Sample.Lines([[text ?? "", $"\u001b[2J{text}", $"a\r\nb\u202e{text}"]], Paper with { Width = Math.Abs(width % 100) }).ToList();
        return lines.Count == 2 && !lines.Any(line => line.Any(character => char.IsControl(character) || character == '\u202e'));
    }).QuickCheckThrowOnFailure();
}
