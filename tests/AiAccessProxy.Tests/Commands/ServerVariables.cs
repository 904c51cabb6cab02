using AiAccessProxy.Commands.Server;

namespace AiAccessProxy.Tests.Commands;

/// <summary>The variables that name a server; they belong to the whole process, so that tests which set them are of one collection.</summary>
[CollectionDefinition(Name)]
public sealed class ServerVariables
{
    public const string Name = "AIACCESS_URL and AIACCESS_TOKEN";

    public static void Set(Uri? url, string? token)
    {
        Environment.SetEnvironmentVariable(ServerAddress.Url, url?.ToString());
        Environment.SetEnvironmentVariable(ServerAddress.TokenName, token);
    }

    public static void Clear() => Set(null, null);
}
