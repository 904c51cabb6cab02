using System.IO.Compression;
using System.Text;
using AiAccessProxy.Bypass.Grounds;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Spellings;

/// <summary>Spellings of a form and of the fields that say how to read it, without end.</summary>
internal static class FormSpellings
{
    private static readonly string[] Fields =
    [
        "Action=DeleteUser", "action=DeleteUser", "ACTION=DeleteUser", "%41ction=DeleteUser", "Action=%44eleteUser", "Action%00=DeleteUser", "+Action=DeleteUser", "Action[]=DeleteUser", "Action=", "Action",
        "Action=ListUsers;Action=DeleteUser", "Action=ListUsers%26Action=DeleteUser", "A%63tion=DeleteUser", "%2541ction=DeleteUser", "Action=%2544eleteUser", "%EF%BC%A1ction=DeleteUser", "Action=ListUsers", "Action=GetUser",
        "Act%C4%B1on=DeleteUser", "Action=ListUsers%00", "Action=%C0%AFx", "Action=\u00C4", "_method=DELETE", "_METHOD=DELETE", "%5Fmethod=DELETE", "%255Fmethod=DELETE", "_method=delete", ".method=DELETE", "_metho%64=DELETE",
        "_method=POST", "name=x", "x=_method", "%u005Fmethod=DELETE", "_method%00x=DELETE", "_method=DELETE%00", "x=a;_method=DELETE",
    ];

    private static readonly string[] MediaTypes =
    [
        "application/x-www-form-urlencoded; charset=utf-8", "Application/X-WWW-Form-URLEncoded", "application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded;", "text/plain; application/x-www-form-urlencoded",
        "application/json", "application/json; x=application/x-www-form-urlencoded", "multipart/form-data; boundary=x; x=application/x-www-form-urlencoded", "application/x-www-form-urlencoded, application/json", "text/html", "*/*",
        "application/x-www-form-urlencoded\t", "x-application/x-www-form-urlencoded", "application/vnd.x+json; profile=x-www-form-urlencoded",
    ];

    public static IEnumerable<Spelling> Of(Ground ground, Random chance)
    {
        while (true)
        {
            var start = chance.Pick(ground.Starts);
            var fields = Enumerable.Range(0, chance.Next(0, 3)).Select(_ => chance.Pick(Fields)).ToList();
            if (chance.Next(3) > 0) fields.Insert(chance.Next(fields.Count + 1), Encoding.UTF8.GetString(start.Body!));
            var form = Encoding.UTF8.GetBytes(string.Join(chance.Next(4) > 0 ? "&" : chance.Pick(";", "&&", "&amp;", "\n", "&;", "?", " & "), fields)
                + (chance.Next(8) == 0 ? chance.Pick("&", "\n", "\0", "#x", "%", "=") : ""));
            List<(string, string)> headers = [("Content-Type", chance.Next(3) > 0 ? "application/x-www-form-urlencoded" : chance.Pick(MediaTypes))];
            var (body, coding) = chance.Next(6) > 0 ? (form, null) : Coded(form, chance);
            if (coding is not null) headers.Add(("Content-Encoding", coding));
            if (chance.Next(15) == 0) headers.Add(("Content-Type", chance.Pick(MediaTypes)));
            if (chance.Next(12) == 0) headers.RemoveAt(0);
            yield return start with { Target = $"/{ground.Name}{start.Target}", Headers = headers, Body = body };
        }
    }

    private static (byte[] Body, string Coding) Coded(byte[] form, Random chance)
    {
        using var packed = new MemoryStream();
        var coding = chance.Pick("gzip", "deflate", "br", "identity", "zstd", "gzip, identity");
        using (Stream stream = coding switch
        {
            "deflate" => new ZLibStream(packed, CompressionLevel.NoCompression, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.NoCompression, leaveOpen: true),
            _ => new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true),
        }) stream.Write(form);
        return (chance.Next(4) == 0 ? form : packed.ToArray(), coding);
    }
}
