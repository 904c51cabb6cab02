using System.Xml.Linq;

namespace AiAccessProxy.Tests.Commands.PolicyTools;

public class TestCommandTests
{
    private const string Rules = """
        - { id: read, effect: allow, match: { methods: [GET] } }
        - id: big
          effect: deny
          match: { methods: [POST], any: [{ where: [{ field: body.amount, gt: 10 }] }, { not: { where: [{ field: body.amount, exists: true }] } }] }
        """;

    private const string Passing = "  - { name: reading passes, request: { agent: billing-bot, method: GET, path: /v1 }, expect: { effect: allow } }\n";

    private const string Failing = "  - { name: \"small \\e[31mones\", request: { agent: billing-bot, method: POST, path: /v1, body: { amount: 11 } }, expect: { effect: allow } }\n";

    [Fact]
    public async Task Tests_that_pass_are_told_and_counted()
    {
        using var policies = new PolicyDirectory(Rules, tail: $"tests:\n{Passing}");

        var run = await policies.RunAsync("test");

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Equal(["ok    api.yaml: reading passes", "1 passed, 0 failed"], run.Lines);
    }

    [Fact]
    public async Task A_test_that_fails_tells_where_it_stands_and_how_each_rule_came_out()
    {
        using var policies = new PolicyDirectory(Rules, tail: $"tests:\n{Passing}{Failing}");

        var run = await policies.RunAsync("test");

        Assert.Equal(1, run.Code);
        Assert.Equal(
            [
                "ok    api.yaml: reading passes",
                @"FAIL  api.yaml:13: small \x1b[31mones",
                "      outcome: expected allow, got deny: Rule big denies it: the method is POST; body.amount is 11, greater than 10.",
                "      rule big (deny): true, matches",
                "        true     the method is POST",
                "        true     any of:",
                "          true     body.amount is 11, greater than 10",
                "          false    not:",
                "            true     body.amount is present",
                "      rule read (allow): false, does not match",
                "        false    the method is POST, not GET",
                "1 passed, 1 failed",
            ],
            run.Lines);
    }

    [Fact]
    public async Task A_filter_takes_tests_by_file_route_or_name()
    {
        using var policies = new PolicyDirectory(Rules, tail: $"tests:\n{Passing}{Failing}");

        var chosen = await policies.RunAsync("test", "--filter", "READING");
        var none = await policies.RunAsync("test", "--filter", "writing");

        Assert.Equal((0, "1 passed, 0 failed"), (chosen.Code, chosen.Lines[^1]));
        Assert.Equal((3, "aiaccess: no test holds writing\n", ""), (none.Code, none.Error, none.Output));
    }

    [Fact]
    public async Task A_folder_without_tests_is_no_success()
    {
        using var policies = new PolicyDirectory(Rules);
        var run = await policies.RunAsync("test");
        Assert.Equal((3, $"aiaccess: no file of {policies.Path} has tests\n"), (run.Code, run.Error));
    }

    [Fact]
    public async Task A_folder_that_would_be_refused_is_not_tested()
    {
        using var policies = new PolicyDirectory(Rules, "defualt: deny", $"tests:\n{Passing}");
        var run = await policies.RunAsync("test");
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.StartsWith("api.yaml:5: defualt: this key is not known; did you mean default?", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_need_not_be_there_and_what_stands_for_them_is_told()
    {
        using var policies = new PolicyDirectory(
            Rules,
            "credentials: { a: { type: header, name: X, value: \"${env:AIACCESS_NOT_SET}${file:/no/such/file}\" } }\ncredential: a",
            $"tests:\n{Passing}");
        var run = await policies.RunAsync("test");
        Assert.Equal(0, run.Code);
        Assert.Equal(
            ["environment variable AIACCESS_NOT_SET is not there; something else stands for it", "file /no/such/file is not there; something else stands for it"],
            run.ErrorLines);
    }

    [Fact]
    public async Task The_results_are_written_as_JUnit_does_with_nothing_that_XML_cannot_hold()
    {
        using var policies = new PolicyDirectory(Rules, tail: $"tests:\n{Passing}{Failing}");
        var report = Path.Combine(policies.Path, "report.xml");

        var run = await policies.RunAsync("test", "--junit", report);

        Assert.Equal(1, run.Code);
        var root = XDocument.Load(report).Root!;
        var suite = Assert.Single(root.Elements());
        Assert.All([root, suite], element => Assert.Equal(("2", "1", "0", "0"), (Of(element, "tests"), Of(element, "failures"), Of(element, "errors"), Of(element, "skipped"))));
        Assert.Equal(("testsuites", "testsuite", "api.yaml"), (root.Name.LocalName, suite.Name.LocalName, Of(suite, "name")));
        var (passed, failed) = (suite.Elements("testcase").First(), suite.Elements("testcase").Last());
        Assert.Equal(("reading passes", "api", "api.yaml", "12"), (Of(passed, "name"), Of(passed, "classname"), Of(passed, "file"), Of(passed, "line")));
        Assert.Empty(passed.Elements());
        Assert.Equal(@"small \x1b[31mones", Of(failed, "name"));
        var failure = Assert.Single(failed.Elements("failure"));
        Assert.Equal("outcome: expected allow, got deny: Rule big denies it: the method is POST; body.amount is 11, greater than 10.", Of(failure, "message"));
        Assert.Contains("\nrule read (allow): false, does not match\n", failure.Value, StringComparison.Ordinal);
        Assert.True(double.Parse(Of(passed, "time"), System.Globalization.CultureInfo.InvariantCulture) >= 0);
    }

    private static string Of(XElement element, string attribute) => element.Attribute(attribute)!.Value;
}
