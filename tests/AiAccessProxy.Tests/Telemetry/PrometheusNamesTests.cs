using AiAccessProxy.Telemetry;

namespace AiAccessProxy.Tests.Telemetry;

/// <summary>By the rules of OpenTelemetry's page on compatibility with Prometheus.</summary>
public class PrometheusNamesTests
{
    [Theory]
    [InlineData("ai_access.decisions", "{decision}", true, "ai_access_decisions_total")]
    [InlineData("ai_access.held_bytes", "By", false, "ai_access_held_bytes")]
    [InlineData("ai_access.hold.duration", "s", false, "ai_access_hold_duration_seconds")]
    [InlineData("http.server.active_requests", "{request}", false, "http_server_active_requests")]
    [InlineData("dotnet.gc.heap.total_allocated", "By", true, "dotnet_gc_heap_total_allocated_bytes_total")]
    [InlineData("speed", "By/s", false, "speed_By_per_s")]
    [InlineData("a..b-c", "1", false, "a_b_c")]
    [InlineData("7up", "", true, "_7up_total")]
    [InlineData("already_total", "", true, "already_total")]
    public void A_metrics_name_ends_in_its_unit_and_a_counters_in_total(string name, string unit, bool isCounter, string said) =>
        Assert.Equal(said, PrometheusNames.Metric(name, unit, isCounter));

    [Fact]
    public void No_two_metrics_of_the_product_have_one_name() =>
        Assert.Equal(Metrics.All.Count, Metrics.All.Select(PrometheusNames.Metric).Distinct().Count());
}
