using AiAccessProxy.Actions;

namespace AiAccessProxy.Policies.Files;

/// <summary>Reads the authorities that a route is called by.</summary>
internal static class HostReader
{
    public static IReadOnlyList<Authority> Read(Section route)
    {
        var hosts = new List<Authority>();
        foreach (var written in route.Texts("hosts"))
        {
            switch (Authority.Read(written.Text))
            {
                case AuthorityReading.Read(var host) when hosts.Contains(host):
                    route.Source.Report(written, $"{written.Told} is on the list already", "list each host once");
                    break;
                case AuthorityReading.Read(var host):
                    hosts.Add(host);
                    break;
                case AuthorityReading.Refused(var why, var remedy):
                    route.Source.Report(written, $"{written.Told} {why}", remedy);
                    break;
            }
        }

        return hosts;
    }
}
