using System.Diagnostics.CodeAnalysis;

namespace AiAccessProxy.Approvals.Teams;

/// <summary>Ids of Entra ID as it writes them: 36 characters, without blanks or braces, and not all zero.</summary>
internal static class EntraId
{
    private const int Length = 36;

    // Guid.TryParseExact takes blanks and line breaks at the ends, which are no part of any id.
    public static bool TryRead([NotNullWhen(true)] string? text, out Guid id)
    {
        id = Guid.Empty;
        return text?.Length == Length && Guid.TryParseExact(text, "D", out id) && id != Guid.Empty;
    }
}
