using AiAccessProxy.Tests.Architecture;
using AiAccessProxy.Tests.Settings;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>What docs/settings.md says is true. <c>AIACCESS_TESTS_WRITE=1</c> has its table written anew.</summary>
public class SettingsTests
{
    private const string Begin = "<!-- Generated from the program; a test holds it. -->\n";

    private const string End = "<!-- End of what is generated. -->\n";

    private static readonly string Page = Repository.PathOf("docs/settings.md");

    [Fact]
    public void Its_table_is_what_the_program_knows()
    {
        var text = File.ReadAllText(Page);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("AIACCESS_TESTS_WRITE") == "1") File.WriteAllText(Page, text = text[..begin] + Table() + text[end..]);

        Assert.Equal(Table(), text[begin..text.IndexOf(End, StringComparison.Ordinal)]);
    }

    [Fact]
    public void Every_setting_says_what_it_does_in_one_line() => Assert.All(
        AllSettings.All, setting => Assert.Matches(@"^[A-Z`][^|\n]{10,}\.$", setting.Description));

    private static string Table() => string.Concat(
    [
        "| setting | default | value | what it does | environment variable |\n|---|---|---|---|---|\n",
        .. AllSettings.All.Select(setting =>
            $"| `{setting.Name}` | {Code(setting.Default)} | {setting.Kind.Name} | {setting.Description} | `{setting.Variable}` |\n"),
    ]);

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text}`";
}
