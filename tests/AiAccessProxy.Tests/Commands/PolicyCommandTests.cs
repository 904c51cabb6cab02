using AiAccessProxy.Tests.Architecture;

namespace AiAccessProxy.Tests.Commands;

public class PolicyCommandTests
{
    [Fact]
    public async Task A_folder_that_is_not_right_is_code_2_and_says_so_on_standard_error()
    {
        var run = await CommandRun.OfAsync("policy", "check", Repository.PathOf("docs"));

        Assert.Equal(2, run.Code);
        Assert.Empty(run.Output);
        Assert.NotEmpty(run.ErrorLines);
    }
}
