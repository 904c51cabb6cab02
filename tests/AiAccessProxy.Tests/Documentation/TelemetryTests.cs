using AiAccessProxy.Telemetry;
using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Documentation;

/// <summary>What docs/telemetry.md says is true. <c>AIACCESS_TESTS_WRITE=1</c> has its tables written anew.</summary>
public class TelemetryTests
{
    private static readonly string Page = Repository.PathOf("docs/telemetry.md");

    [Fact]
    public void Its_attributes_are_those_that_the_program_sets() => Holds(
        "<!-- Generated from the program; a test holds it. -->\n", "<!-- End of attributes. -->\n",
        [
            "| attribute | on | what it can be |\n|---|---|---|\n",
            .. Attributes.All.Select(one => $"| `{one.Name}` | {one.On} | {one.Values}{(one.IsIdentity ? "; an identity" : "")} |\n"),
        ]);

    [Fact]
    public void Its_metrics_are_those_that_the_program_has() => Holds(
        "<!-- Generated metrics. -->\n", "<!-- End of metrics. -->\n",
        [
            "| metric | in Prometheus | type | unit | labels | what it says |\n|---|---|---|---|---|---|\n",
            .. Metrics.All.Select(one =>
                $"| `{one.Name}` | `{PrometheusNames.Metric(one)}` | {one.Kind.ToString().ToLowerInvariant()} | `{one.Unit}` | {Labels(one)} | {one.Description} |\n"),
        ]);

    [Fact]
    public void Every_name_that_a_room_could_use_is_in_the_lists()
    {
        Assert.Equal(
            typeof(Metrics).GetFields().Select(field => field.GetValue(null)).OfType<MetricSpec>().Order(ByName), Metrics.All.Order(ByName));
        Assert.Equal(
            typeof(Attributes).GetFields().Select(field => field.GetValue(null)).OfType<string>().Order(), Attributes.All.Select(one => one.Name).Order());
    }

    private static Comparer<MetricSpec> ByName { get; } =
        Comparer<MetricSpec>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

    private static void Holds(string begin, string end, IReadOnlyList<string> lines)
    {
        var (text, table) = (File.ReadAllText(Page), string.Concat(lines));
        var from = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        if (Environment.GetEnvironmentVariable("AIACCESS_TESTS_WRITE") == "1")
            File.WriteAllText(Page, text = text[..from] + table + text[text.IndexOf(end, StringComparison.Ordinal)..]);
        Assert.Equal(table, text[from..text.IndexOf(end, StringComparison.Ordinal)]);
    }

    private static string Labels(MetricSpec metric) =>
        metric.Labels.Length == 0 ? "" : string.Join("<br>", metric.Labels.Select(label => $"`{label.Name}`: {label.Values}"));
}
