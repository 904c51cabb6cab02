using AiAccessProxy.Policies;
using AiAccessProxy.Tests.Architecture;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AiAccessProxy.Tests.Policies;

public sealed class PoliciesRoomTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("policies-").FullName;

    [Fact]
    public void Wrong_policies_refuse_the_start_with_all_that_is_wrong()
    {
        using var provider = Services(_folder);
        var refused = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<PolicyStore>);
        Assert.Equal(
            [
                "agents.yaml: this file is missing; list the programs that may call in it",
                "people.yaml: this file is missing; list the people who decide in it",
            ],
            refused.Failures);
    }

    [Fact]
    public void The_store_holds_the_folder_that_the_settings_name()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf("policies/demo")))
            File.WriteAllText(Path.Combine(_folder, Path.GetFileName(file)), File.ReadAllText(file).Replace("${env:AIACCESS_DEMO_UPSTREAM_TOKEN}", "x"));
        using var provider = Services(_folder);
        Assert.Equal("cloud", Assert.Single(provider.GetRequiredService<PolicyStore>().Current.Routes).Id);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        using var provider = Services("", "00:00:00");
        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<PolicyOptions>>().Value);
        Assert.Equal(2, refused.Failures.Count());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ServiceProvider Services(string folder, string poll = "00:00:05") => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddLogging()
        .AddPolicies(new ConfigurationBuilder().AddInMemoryCollection([new("policies:folder", folder), new("policies:poll", poll)]).Build())
        .BuildServiceProvider();
}
