namespace AiAccessProxy.Policies.Files.Shapes;

/// <summary>Texts that stand in many places of the files.</summary>
internal static class Pattern
{
    /// <summary>What a reference in a text will stand for is not known to an editor.</summary>
    public const string Reference = "[$][{](env:[^${}\\s]+|file:/[^${}\\s]+)[}]";

    /// <summary>What looks like a reference in a text to compare with, and is none; as JSON writes it.</summary>
    public const string NoReference = "[$][{](?!((env:|file:/)[^${}\\\\s]+|on_behalf_of[.]id|agent[.]id|agent[.]owner)[}])";

    public const string IdAlone = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
    public const string Id = IdAlone + "|" + Reference;
    /// <summary>A mapping whose keys are ids.</summary>
    public const string ById = "{ \"propertyNames\": { \"pattern\": \"" + IdAlone + "\" } }";

    public const string Person = "^person:.|" + Reference;
    public const string PersonInTest = "^person:[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
    public const string People = "^(group|person):.|" + Reference;
    public const string Caller = "^anyone$|" + People;
    public const string Sha256 = "^[0-9A-Fa-f]{64}$|" + Reference;
    public const string Moment = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](Z|[+-][0-9]{2}:[0-9]{2})$|" + Reference;

    public const string Notify = "^[a-z][a-z0-9-]{0,31}:[A-Za-z0-9][A-Za-z0-9._-]{0,127}$";

    public const string Prefix = "^(/|(?!/[.]ai-access(/|$))(/(?![.]{1,2}(/|$))[A-Za-z0-9._~-]+)+)$|" + Reference;
    public const string Host = "^(([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?[.])*(?![0-9][0-9A-Fa-fx]*(:|$))[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
        + "|[0-9]{1,3}([.][0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+\\])(:[1-9][0-9]{0,4})?$|" + Reference;
    public const string Origin = "^[Hh][Tt][Tt][Pp][Ss]?://[!-\"$-.0->A-\\[\\]-~]+/?$|" + Reference;
    /// <summary>In clear only from this machine.</summary>
    public const string Issuer = "^([Hh][Tt][Tt][Pp][Ss]://|[Hh][Tt][Tt][Pp]://([0-9\\[]|[Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]|[Ll][Oo][Oo][Pp][Bb][Aa][Cc][Kk]))(?![^/]*@)[!-\"$->@-\\[\\]-~]+$|" + Reference;
    public const string ObjectId = "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$|" + Reference;
    public const string HeaderName = "^[A-Za-z0-9._-]+$|" + Reference;
    public const string CredentialHeader = "^(?![Cc][Oo][Nn][Tt][Ee][Nn][Tt]-)[A-Za-z0-9!#$%&'*+.^`|~-]+$|" + Reference;
    public const string HeaderValue = "^[!-~]([ -~]*[!-~])?$|" + Reference;

    public const string Method = "^-*[A-Z][A-Z-]*$|" + Reference;
    public const string Path = "^(?=/)(?!.*/[*][*](?:/.*)?/[*][*](?:/|$))(?!.*([{][^}]*[}]).*\\1)(/([*]{1,2}|[{][A-Za-z0-9_-]+[}]|(?![.]{1,2}(/|$))[^/{}*%?#;\\\\]+))*/?$|" + Reference;
    public const string Hours = "^(?!(.{5})-\\1$)([01][0-9]|2[0-3]):[0-5][0-9]-(24:00|([01][0-9]|2[0-3]):[0-5][0-9])$|" + Reference;
    public const string Zone = "^(UTC|[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)+)$|" + Reference;

    /// <summary>A field takes its name as it is written.</summary>
    public const string Field = "^" + FieldAlone + "$";
    public const string Json = "^" + Step + "([.]" + Step + ")*$";
    public const string Summary = "^([^{}]|[{][{]|[}][}]|[{]" + FieldAlone + "[}])*$";
    public const string Action = "^([A-Za-z0-9]|[{]" + FieldAlone + "[}])([A-Za-z0-9._-]|[{]" + FieldAlone + "[}])*$";

    private const string Name = "([^.\"\\\\{}*\\s][^.\"\\\\{}\\s]*|[*][^.\"\\\\{}\\s]+|\"([^\"\\\\]|\\\\[\"\\\\])*\")";
    private const string Step = "([*]|" + Name + ")";
    private const string FieldAlone = "(body([.]" + Step + ")*|(path|query|header|form)[.]" + Name + ")";
}
