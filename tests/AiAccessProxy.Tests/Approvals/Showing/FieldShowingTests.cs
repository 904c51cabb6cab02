using AiAccessProxy.Actions;
using AiAccessProxy.Approvals;
using AiAccessProxy.Approvals.Showing;
using AiAccessProxy.Policies;

namespace AiAccessProxy.Tests.Approvals.Showing;

/// <summary>What reviewers are shown first, of bodies that hold very much of it.</summary>
public class FieldShowingTests
{
    private const string Rules = """
        - id: pay
          match: { methods: [POST] }
          effect: require_approval
          show: [body.items.*.amount, query.x]
          redact: [body.items.*.account, query.y]
          approval: { need: [{ from: [group:finance] }] }
        """;

    [Theory]
    [InlineData(2_000)]
    [InlineData(40_000)]

    public void What_rules_redact_is_looked_at_a_few_times_however_many_values_are_shown(int items)
    {
        var bound = Decided(items);
        var counted = bound.Decision.Redact.Select(one => new CountedValues(Assert.IsType<FieldReading.Present>(one.Reading).Values)).ToList();
        var decision = bound.Decision with { Redact = [.. bound.Decision.Redact.Zip(counted, (one, values) => one with { Reading = new FieldReading.Present(values) })] };

        CallShowing.Of(bound.Action, decision);
        Records.ActionOf(bound with { Decision = decision });

        Assert.InRange(counted.Sum(values => values.Looks), items, 10 * items);
    }

    [Fact]
    public void Values_that_have_no_room_are_counted_and_nothing_stands_for_them()
    {
        var (bound, items) = (Decided(40_000), 40_000);
        var fields = CallShowing.Of(bound.Action, bound.Decision).Fields;

        var amounts = Assert.Single(fields, field => field.Name == "body.items.*.amount");
        Assert.InRange(amounts.Values.Count, 200, 500);
        Assert.Equal(items, amounts.Values.Count + amounts.Hidden);
        Assert.All(amounts.Values, value => Assert.Equal(new ShownSpan.Text("1"), Assert.Single(value)));
        var query = Assert.Single(fields, field => field.Name == "query.x");
        Assert.Equal(0, query.Hidden);
        Assert.Equal([new ShownSpan.Text("seen")], Assert.Single(query.Values));
    }

    [Fact]
    public void However_many_fields_are_shown_they_have_a_bounded_room_together()
    {
        var names = Enumerable.Range(0, 60).Select(number => $"f{number}").ToList();
        var body = $"{{{string.Join(',', names.Select(name => $"\"{name}\":\"{new string('x', 3_000)}\""))}}}";
        var bound = Some.Decided(
            $"- {{ id: pay, effect: require_approval, match: {{ methods: [POST] }}, show: [{string.Join(", ", names.Select(name => $"body.{name}"))}], approval: {{ need: [{{ from: [group:finance] }}] }} }}",
            Some.Action("POST", "/v1/payments", Some.Body(body)));

        var fields = CallShowing.Of(bound.Action, bound.Decision).Fields;

        Assert.Equal(names.Count, fields.Count);
        Assert.InRange(fields.Sum(Characters), 20_000, 40_000);
        Assert.All(fields, field => Assert.Equal(3_002, Characters(field) + field.Hidden));
        Assert.InRange(Records.ActionOf(bound).Parameters!.Values.Sum(value => value.Length), 20_000, 40_000);
    }

    private static Bound Decided(int items) => Some.Decided(
        Rules, Some.Action("POST", "/v1/payments?x=seen&y=hidden", Some.Body($"{{\"items\":[{string.Join(',', Enumerable.Repeat("""{"amount":1,"account":1}""", items))}]}}")));

    private static int Characters(ShownField field) => field.Values.SelectMany(value => value).OfType<ShownSpan.Text>().Sum(text => text.Safe.Length);
}
