namespace AiAccessProxy.Bypass.Models;

/// <summary>
/// What a server does with a request beyond what the RFCs say, or in one of the ways in which they leave it open. Each is the habit of some
/// server, framework or gateway in wide use; any of them may come together.
/// </summary>
[Flags]
internal enum Habit
{
    None = 0,

    /// <summary>A gateway before it has decoded already.</summary>
    DecodesTwice = 1 << 0,

    /// <summary>The path is taken apart before it is decoded: <c>%2F</c> stays within its segment.</summary>
    SplitsBeforeDecoding = 1 << 1,

    /// <summary><c>..</c> is resolved in the raw path, and not again in the decoded one.</summary>
    ResolvesDotsRawOnly = 1 << 2,

    /// <summary><c>//</c> is <c>/</c>.</summary>
    MergesSlashes = 1 << 3,

    /// <summary>Paths and the names of parameters and members are compared without regard to case.</summary>
    FoldsCase = 1 << 4,

    /// <summary><c>;</c> and what follows is cut from each segment.</summary>
    CutsParameters = 1 << 5,

    /// <summary><c>\</c> is <c>/</c>.</summary>
    TurnsBackslashes = 1 << 6,

    /// <summary>A slash at the end is no part of the path.</summary>
    DropsTrailingSlash = 1 << 7,

    /// <summary>A header's <c>_</c> is <c>-</c>, as in CGI.</summary>
    ReadsUnderscoresAsHyphens = 1 << 8,

    /// <summary>Of a repeated field, parameter or member the last counts; the first otherwise.</summary>
    TakesLast = 1 << 9,

    /// <summary>A header of several values, repeated or joined by commas, is a list of which one counts.</summary>
    SplitsHeaderLists = 1 << 10,

    /// <summary><c>X-HTTP-Method-Override</c> and the like, <c>_method</c> in query and form.</summary>
    HonoursMethodOverrides = 1 << 11,

    /// <summary><c>X-Original-URL</c> and the like.</summary>
    HonoursUrlOverrides = 1 << 12,

    /// <summary><c>;</c> separates parameters of the query.</summary>
    SplitsQueryAtSemicolons = 1 << 13,

    /// <summary>Comments, commas at the end, numbers in text; whatever the media type says.</summary>
    ReadsBodiesLeniently = 1 << 14,

    /// <summary>What is written in C ends texts at NUL.</summary>
    CutsAtNul = 1 << 15,

    /// <summary>Overlong UTF-8, <c>%uXXXX</c>, full-width forms and letters that fold to ASCII.</summary>
    ReadsUnicodeLoosely = 1 << 16,
}
