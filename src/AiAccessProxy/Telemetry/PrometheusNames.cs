using System.Text;

namespace AiAccessProxy.Telemetry;

/// <summary>
/// OpenTelemetry's names in Prometheus' words, by OpenTelemetry's own rules of compatibility: <c>ai_access.held_bytes</c> in <c>By</c> is
/// <c>ai_access_held_bytes</c>, a counter ends in <c>_total</c>.
/// </summary>
internal static class PrometheusNames
{
    public static string Metric(string name, string unit, bool isCounter)
    {
        var said = Clean(name, colons: true);
        if (UnitWords(unit) is { Length: > 0 } words && !said.EndsWith("_" + words, StringComparison.Ordinal)) said += "_" + words;
        return isCounter && !said.EndsWith("_total", StringComparison.Ordinal) ? said + "_total" : said;
    }

    public static string Metric(MetricSpec spec) => Metric(spec.Name, spec.Unit, spec.Kind == MetricKind.Counter);

    public static string Label(string name) => Clean(name, colons: false);

    public static string UnitWords(string unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "By" => "bytes",
        "1" => "",
        "%" => "percent",
        // What is counted stands in the name.
        ['{', ..] => "",
        _ => Clean(unit.Replace("/", "_per_", StringComparison.Ordinal), colons: false),
    };

    private static string Clean(string name, bool colons)
    {
        var said = new StringBuilder(name.Length + 1);
        foreach (var letter in name)
        {
            var isFine = char.IsAsciiLetterOrDigit(letter) || letter == '_' || (colons && letter == ':');
            var next = isFine ? letter : '_';
            if (next != '_' || said.Length == 0 || said[^1] != '_') said.Append(next);
        }

        return said.Length > 0 && char.IsAsciiDigit(said[0]) ? "_" + said : said.ToString();
    }
}
