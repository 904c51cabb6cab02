namespace AiAccessProxy.Commands.Server;

/// <summary>Where the running server is and who asks, as the environment says.</summary>
internal sealed record ServerAddress(Uri Server, string Token)
{
    public const string Url = "AIACCESS_URL";
    public const string TokenName = "AIACCESS_TOKEN";

    /// <summary>Said in the help of every command that asks a server.</summary>
    public const string Words =
        $"It asks the running server: {Url} is the console's address, as 'aiaccess serve' prints it, and {TokenName} your personal key or a token\nof yours.";

    /// <param name="wrong">What is missing or wrong, and what to do.</param>
    public static ServerAddress? Read(out string wrong)
    {
        var (url, token) = (Environment.GetEnvironmentVariable(Url), Environment.GetEnvironmentVariable(TokenName));
        wrong = "";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            wrong = $"set {Url} to the console's address, as 'aiaccess serve' prints it";
        else if (string.IsNullOrEmpty(token))
            wrong = $"set {TokenName} to your personal key; 'aiaccess people key create' makes one";
        else if (token.Any(character => character is <= ' ' or > '~'))
            wrong = $"{TokenName} holds a blank, a line break or a letter that no key has; set it to the key alone";
        return wrong.Length == 0 ? new(server!, token!) : null;
    }
}
