using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Actions;

public class QueryFieldsTests
{
    [Theory]
    [InlineData("force=true", "true")]
    [InlineData("%66orce=%74rue", "true")]
    [InlineData("a=1&force=a+b&c=2", "a b")]
    [InlineData("force=a%2Bb", "a+b")]
    [InlineData("force=100%25", "100%")]
    [InlineData("force=/x?y", "/x?y")]
    [InlineData("force=a=b", "a=b")]
    [InlineData("force=", "")]
    [InlineData("force=1&force=2", "1|2")]
    [InlineData("x=a;b&force=1", "1")]
    [InlineData("x=a%26b%3Dc&force=1", "1")]
    [InlineData("enforce=1&force_all=2&force=3", "3")]
    public void What_every_server_reads_is_read(string query, string values) => Assert.Equal(
        values, string.Join('|', Assert.IsType<FieldReading.Present>(Read(query)).Values.Select(value => ((JsonNodeFact.Text)value.Json).Value)));

    [Theory]
    [InlineData("")]
    [InlineData("enforce=1")]
    [InlineData("forced=1&x[force]=2")]
    [InlineData("x=force&y=a;b")]
    [InlineData("next=%2Fx%3Fy%3D1%26z%3D2")]
    public void What_no_server_reads_is_absent(string query) => Assert.IsType<FieldReading.Absent>(Read(query));

    [Theory]
    [InlineData("Force=1")]
    [InlineData("FORCE=1&force=1")]
    [InlineData("force[]=1")]
    [InlineData("force%5B0%5D=1")]
    [InlineData("force[x]=1&force=1")]
    [InlineData("force+=1")]
    [InlineData("%20force=1")]
    [InlineData("%2566orce=1")]
    [InlineData("for%EF%BD%83e=1")]
    [InlineData("forc%C3%A9=1")]
    [InlineData("a=1;force=1")]
    [InlineData("force=1;a=2")]
    [InlineData("force=0;force=1")]
    [InlineData("a=1&amp;force=1")]
    [InlineData("a=1%26force=1")]
    [InlineData("a=1%2526force=1")]
    [InlineData("a=1%3Bforce=1")]
    [InlineData("a=1%23force=1")]
    [InlineData("a=1?force=1")]
    [InlineData("a?force=1")]
    [InlineData("force%3D1")]
    [InlineData("force=0%26x")]
    [InlineData("force=true%23x")]
    [InlineData("force=%2574rue")]
    [InlineData("a=1%EF%BC%86force=1")]
    public void What_some_server_reads_differently_cannot_be_told(string query)
    {
        Assert.IsType<FieldReading.Unreadable>(Read(query));
    }

    [Theory]
    [InlineData("for_ce", "for.ce=1")]
    [InlineData("for_ce", "for%20ce=1")]
    [InlineData("for_ce", "for+ce=1")]
    [InlineData("\"for.ce\"", "for_ce=1")]
    [InlineData("\"match[]\"", "match[0]=1")]
    [InlineData("\"match[]\"", "match=1&match[]=2")]
    public void Names_that_PHP_and_others_take_for_one_are_one(string field, string query) =>
        Assert.IsType<FieldReading.Unreadable>(Read(query, field));

    [Fact]
    public void A_parameter_without_a_value_is_there_and_its_value_is_nobodys_guess() =>
        Assert.IsType<JsonNodeFact.Null>(Assert.Single(Assert.IsType<FieldReading.Present>(Read("force")).Values).Json);

    [Theory]
    [InlineData("all users", "all+users", Sameness.Same)]
    [InlineData("all+users", "all+users", Sameness.Alike)]
    [InlineData("all users", "all%2Busers", Sameness.Alike)]
    [InlineData("all", "all%20", Sameness.Alike)]
    [InlineData("all", "%EF%BD%81ll", Sameness.Alike)]
    [InlineData("all", "ALL", Sameness.Different)]
    [InlineData("all", "own", Sameness.Different)]
    public void Values_are_compared_as_every_server_would_or_it_cannot_be_told(string written, string sent, object expected) =>
        Assert.Equal((Sameness)expected, Assert.Single(Assert.IsType<FieldReading.Present>(Read($"force={sent}")).Values).Compare(written));

    private static FieldReading Read(string query, string field = "force") =>
        ActionFields.Read(Some.Action(target: query.Length == 0 ? "/x" : $"/x?{query}"), Some.Field($"query.{field}"));
}
