namespace AiAccessProxy.Actions;

/// <summary>
/// Why a request has no single meaning. Each name is a stable word: a route or rule that opts out of a refusal names it in kebab-case
/// (<c>encoded-slash</c>); <see cref="OptIns"/> lists those that may be named.
/// </summary>
internal enum Ambiguity
{
    /// <summary>The method is not of capital letters and hyphens, or is CONNECT, TRACE, TRACK or PRI.</summary>
    Method,

    /// <summary>The target is not in origin-form (a path that starts with <c>/</c>).</summary>
    TargetForm,

    /// <summary>A character stands in the target that RFC 3986 does not allow there.</summary>
    ForbiddenCharacter,

    /// <summary><c>%</c> is not followed by two hex digits.</summary>
    BrokenEscape,

    /// <summary><c>%2F</c>: one segment to some servers, two to others.</summary>
    EncodedSlash,

    /// <summary><c>%5C</c>: a path separator to some servers.</summary>
    EncodedBackslash,

    /// <summary>An escaped control character in the path, or an escaped NUL in the query.</summary>
    EncodedControl,

    /// <summary><c>%25</c>, <c>%3F</c> or <c>%23</c> in the path: whoever decodes twice reads another one.</summary>
    DoubleEncoding,

    /// <summary>A letter, a digit, <c>-</c>, <c>.</c> or <c>_</c> is escaped in the path, as no client does it that means well.</summary>
    NeedlessEscape,

    /// <summary>A segment is <c>.</c> or <c>..</c> to some server, in whatever spelling.</summary>
    DotSegment,

    /// <summary><c>//</c>: merged by some servers.</summary>
    EmptySegment,

    /// <summary><c>;</c> in the path: cut off with what follows by some servers.</summary>
    PathParameter,

    /// <summary>The decoded target is no UTF-8.</summary>
    InvalidUtf8,

    /// <summary>A header's name or value holds what RFC 9110 does not allow, or more than ASCII.</summary>
    HeaderText,

    /// <summary>A header that may come once came more often, or with an impossible value.</summary>
    HeaderValue,

    /// <summary>The call names no host, or in a spelling that servers read differently.</summary>
    Host,

    /// <summary>It cannot be told for sure where the body ends.</summary>
    Framing,

    /// <summary>Fields come after a body that is read whole.</summary>
    Trailers,

    /// <summary>The connection would become a tunnel that nobody inspects. Answered 501, not 400.</summary>
    Upgrade,

    /// <summary>A header's name holds <c>_</c>: servers in the manner of CGI take it for <c>-</c>.</summary>
    UnderscoreHeader,

    /// <summary>A header, parameter or form field asks the upstream to take the call for one of another method.</summary>
    MethodOverride,

    /// <summary>A header asks the upstream to take the call for one to another path.</summary>
    UrlOverride,

    /// <summary>GET, HEAD or OPTIONS with a body: a server that does not read it takes it for the next request on the connection.</summary>
    UnexpectedBody,

    /// <summary>One call carries several actions (a batch), and none of them is looked at by itself.</summary>
    SeveralActions,

    /// <summary>Some servers read the prefix of another route at the beginning of the path.</summary>
    RoutePrefix,
}
