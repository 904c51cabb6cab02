using System.Net;
using System.Text;
using AiAccessProxy.Approvals;

namespace AiAccessProxy.Tests.Control;

public class FormForgeryTests
{
    public static TheoryData<string, string> ForeignOrigins => new()
    {
        { "Origin", "https://evil.example" },
        { "Origin", "null" },
        { "Origin", "http://127.0.0.1:1" },
        { "Origin", "http://127.0.0.1.evil.example" },
        { "Sec-Fetch-Site", "cross-site" },
        { "Sec-Fetch-Site", "same-site" },
        { "Sec-Fetch-Site", "none" },
        { "Referer", "http://127.0.0.1/" },
    };

    [Theory]
    [MemberData(nameof(ForeignOrigins))]
    public async Task A_vote_that_another_page_made_the_browser_send_does_nothing(string header, string value)
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");
        var token = await TokenAsync(grace);

        using var answer = await grace.PostAsync($"/tickets/{ticket.Id}/votes", [("token", token), ("vote", "approve")], (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(TicketStatus.Pending, (await console.Desk.FindAsync(ticket.Id, TestContext.Current.CancellationToken))!.Status);
    }

    [Fact]
    public async Task A_browser_that_says_same_origin_is_believed_whatever_its_Origin_says()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");

        using var answer = await grace.PostAsync(
            $"/tickets/{ticket.Id}/votes", [("token", await TokenAsync(grace)), ("vote", "approve")], ("Sec-Fetch-Site", "same-origin"), ("Origin", "null"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_without_this_sessions_token_does_nothing()
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");
        using var lin = await console.VisitAsync("lin");
        var (own, other) = (await TokenAsync(grace), await TokenAsync(lin));

        foreach (var token in new[] { "", "x", other, own[..^1], own + "A", own.ToUpperInvariant() })
        {
            using var answer = await grace.PostAsync($"/tickets/{ticket.Id}/votes", [("token", token), ("vote", "approve")]);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        using var without = await grace.PostAsync($"/tickets/{ticket.Id}/votes", [("vote", "approve")]);
        using var twice = await grace.PostAsync($"/tickets/{ticket.Id}/votes", [("token", own), ("token", own), ("vote", "approve")]);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (without.StatusCode, twice.StatusCode));
        Assert.Equal(TicketStatus.Pending, (await console.Desk.FindAsync(ticket.Id, TestContext.Current.CancellationToken))!.Status);
    }

    [Fact]
    public async Task Another_page_can_neither_sign_somebody_in_nor_out()
    {
        await using var console = await Console.StartAsync();
        using var grace = await console.VisitAsync("grace");
        using var stranger = console.Visit();

        using (var answer = await stranger.PostAsync("/sign-in", [("key", "key-of-grace")], ("Origin", "https://evil.example")))
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(stranger.Cookie);
        using (var answer = await grace.PostAsync("/sign-out", [("token", await TokenAsync(grace))], ("Origin", "https://evil.example")))
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        await grace.PageAsync("/");
    }

    [Theory]
    [InlineData("application/json", "{\"vote\":\"approve\"}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain", "vote=approve", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("multipart/form-data; boundary=x", "--x--", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "long", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("application/x-www-form-urlencoded", "many", HttpStatusCode.BadRequest)]
    public async Task What_is_no_form_of_ours_is_refused_by_its_shape(string type, string body, HttpStatusCode status)
    {
        await using var console = await Console.StartAsync();
        var ticket = await console.OpenAsync();
        using var grace = await console.VisitAsync("grace");
        var text = body switch
        {
            "long" => "reason=" + new string('x', 20_000),
            "many" => string.Join('&', Enumerable.Range(0, 40).Select(i => $"f{i}=1")),
            _ => body,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/tickets/{ticket.Id}/votes") { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(text)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var answer = await grace.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(console.Errors);
    }

    private static async Task<string> TokenAsync(Visitor visitor) =>
        (await visitor.PageAsync("/")).QuerySelector("form.who input[name=token]")!.GetAttribute("value")!;
}
