using AiAccessProxy.Approvals.Teams.Install;
using AiAccessProxy.Settings;

namespace AiAccessProxy.Approvals.Teams;

/// <summary>What is wrong with the settings of Teams.</summary>
internal static class TeamsProblems
{
    public static IEnumerable<string> Of(TeamsOptions options) => options switch
    {
        { IsOn: false } => [.. WithoutApp(options), .. OfTimes(options)],
        { Playground: true } => [.. OfPlayground(options), .. OfTenants(options), .. OfPlaces(options), .. OfTimes(options)],
        _ => [.. OfApp(options), .. OfCredential(options), .. OfTenants(options), .. OfPlaces(options), .. OfCloud(options), .. OfTimes(options)],
    };

    private static IEnumerable<string> WithoutApp(TeamsOptions options)
    {
        if (options.MicrosoftAppPassword is not null) yield return "teams:microsoftAppPassword: there is a secret and no teams:microsoftAppId that it belongs to";
        if (options.MicrosoftAppCertificate is not null) yield return "teams:microsoftAppCertificate: there is a certificate and no teams:microsoftAppId that it belongs to";
    }

    private static IEnumerable<string> OfPlayground(TeamsOptions options)
    {
        if (options.MicrosoftAppId is not null)
            yield return "teams:playground: there is a teams:microsoftAppId, and what works for real is not tried out without authentication; leave one of them";
    }

    private static IEnumerable<string> OfApp(TeamsOptions options)
    {
        if (!IsId(options.MicrosoftAppId)) yield return $"teams:microsoftAppId: '{options.MicrosoftAppId}' is no id of an app; write it as Entra ID shows it";
        if (options.MicrosoftAppTenantId is { } tenant && !IsId(tenant)) yield return $"teams:microsoftAppTenantId: '{tenant}' is no id of a tenant; write it as Entra ID shows it";
        if (options is { MicrosoftAppTenantId: null, MicrosoftAppType: not MicrosoftAppType.MultiTenant })
            yield return "teams:microsoftAppTenantId: name the tenant that the app is registered in";
    }

    private static IEnumerable<string> OfCredential(TeamsOptions options)
    {
        var (secret, certificate) = (options.MicrosoftAppPassword is not null, options.MicrosoftAppCertificate is not null);
        if (options.MicrosoftAppType == MicrosoftAppType.UserAssignedMSI)
        {
            if (secret || certificate) yield return "teams:microsoftAppType: a managed identity has neither a secret nor a certificate; leave them out";
        }
        else if (!secret && !certificate) yield return "teams:microsoftAppPassword: give the app's client secret, or its certificate as teams:microsoftAppCertificate";
        else if (secret && certificate) yield return "teams:microsoftAppPassword: there is a certificate, too; leave one of them";

        if (options is { MicrosoftAppCertificateKey: not null, MicrosoftAppCertificate: null })
            yield return "teams:microsoftAppCertificateKey: there is a key and no teams:microsoftAppCertificate";
    }

    private static IEnumerable<string> OfTenants(TeamsOptions options)
    {
        foreach (var tenant in options.Tenants.Where(tenant => !IsId(tenant)))
            yield return $"teams:tenants: '{tenant}' is no id of a tenant; write it as Entra ID shows it";
        if (options is { Tenants.Count: 0, MicrosoftAppTenantId: null }) yield return "teams:tenants: name the tenants whose people may be reviewers";
    }

    private static IEnumerable<string> OfPlaces(TeamsOptions options)
    {
        foreach (var place in options.Places.Where(place => NamedPlace.Read(place) is null))
            yield return $"teams:places: '{place}' names no conversation; write it like security=19:…@thread.v2";
        foreach (var name in options.Places.Select(NamedPlace.Read).OfType<NamedPlace>().GroupBy(place => place.Name).Where(same => same.Count() > 1))
            yield return $"teams:places: '{name.Key}' is named twice";
    }

    private static IEnumerable<string> OfCloud(TeamsOptions options)
    {
        if (TeamsCloud.Of(options.ChannelService) is null)
            yield return $"teams:channelService: '{options.ChannelService}' is not known; leave it out, or write {TeamsCloud.GovernmentService}";
        foreach (var (name, url) in new[]
        {
            ("toChannelFromBotLoginUrl", options.ToChannelFromBotLoginUrl), ("toBotFromChannelTokenIssuer", options.ToBotFromChannelTokenIssuer),
            ("toBotFromChannelOpenIdMetadataUrl", options.ToBotFromChannelOpenIdMetadataUrl),
        })
            if (url is not null && Tokens.Issuer.WhyNoUrl(url) is { } why) yield return $"teams:{name}: '{url}' {why}";
    }

    private static IEnumerable<string> OfTimes(TeamsOptions options)
    {
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(2))
            yield return $"teams:timeout: {Quantity.Words(options.Timeout)} is not between 1s and 2m";
        if (options.MaxConversations < 1) yield return "teams:maxConversations: must be above zero";
    }

    private static bool IsId(string? text) => EntraId.TryRead(text, out _);
}
