using System.Text;
using AiAccessProxy.Bypass.Harness;

namespace AiAccessProxy.Bypass.Spellings;

/// <summary>Spellings of a multipart form that names its action, without end: in its boundaries, its parts' headers, its values and its media type.</summary>
internal static class MultipartSpellings
{
    private const string Hidden = "Content-Disposition: form-data; name=\"Action\"\r\n\r\nDelete";

    private static readonly string[] Dispositions =
    [
        "form-data; name=Action", "Form-Data;name=\"Action\"", "form-data; name=\"action\"", "form-data; name=\"Other\"; name=\"Action\"", "form-data; name=\"Action\"; name=\"Other\"",
        "form-data; name=\"Action\"; filename=\"x\"", "form-data; name=\"Action\"; filename=\"\"", "form-data; filename*=utf-8''x; name=\"Action\"", "form-data; name*=utf-8''Action",
        "form-data; name=\"Other\"; name*=utf-8''Action", "form-data; name=\"Act\\ion\"", "form-data; name=\"Action\\\"", "form-data; name=\"A%63tion\"", "form-data; name=\"Oth\"er\"; name=\"Action\"",
        "form-data; name='Action'", "form-data; name = \"Action\"", "form-data; name=\"Action\";", "form-data; NAME=\"Action\"", "attachment; name=\"Action\"", "form-data; name=\"Action\r\n x\"",
        "form-data;\r\n name=\"Action\"", "form-data; name=\"Other\"; filename=\"; name=Action\"", "form-data; name=\"Action \"", "form-data; name=\" Action\"", "form-data; name=\"Action[]\"", "form-data; name=\"name=Action\"",
        "form-data; name=\"Action\0\"", "form-data; name=\"\"; name=\"Action\"", "form-data; x=\"\"; name=\"Action\"", "form-data, form-data; name=\"Action\"",
    ];

    private static readonly string[] PartLines =
    [
        "Content-Type: text/plain\r\n", "Content-Type: text/plain; charset=utf-16\r\n", "Content-Type: application/json\r\n", "Content-Type: multipart/mixed; boundary=C\r\n", "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n", "Content-Disposition: form-data; name=\"Action\"\r\n", "content-disposition: form-data; name=\"Action\"\r\n", "Content-Length: 4\r\n", "X: y\r\n", "\r\n",
        "Content-Type: text/plain\n", ": x\r\n", "Content-Disposition : form-data; name=\"Action\"\r\n", " folded\r\n",
    ];

    private static readonly string[] Values =
    [
        "Delete", "Delete", "Delete", "", "RGVsZXRl", "--B", $"\r\n--B\r\n{Hidden}", $"\n--B\n{Hidden}", $"\r\n--B \r\n{Hidden}", $"\r\n--Bx\r\n{Hidden}", "\r\n--B--\r\n", $"\r\n--B--\r\n--B\r\n{Hidden}", "Dele\0te", "Read\0", "=44elete",
        $"\r\n--C\r\n{Hidden}\r\n--C--", $"--C\r\n{Hidden}\r\n--C--\r\n", "\uFEFFDelete", "Read, Delete", $"\r--B\r\n{Hidden}",
    ];

    private static readonly string[] Types =
    [
        "multipart/form-data; boundary=\"B\"", "Multipart/Form-Data; Boundary=B", "multipart/form-data; boundary=B; charset=utf-8", "multipart/form-data; boundary=B; boundary=C", "multipart/form-data; boundary=C; boundary=B",
        "multipart/form-data; boundary=B,C", "multipart/form-data; boundary=\"B C\"", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data;boundary=B;", "multipart/form-data; charset=utf-16; boundary=B",
        "multipart/form-data; x=\"; boundary=C\"; boundary=B", "multipart/form-data; xboundary=C; boundary=B", "multipart/form-data; x=\"boundary=C\"; boundary=B", "multipart/form-data; boundary*=C; boundary=B", "multipart/mixed; boundary=B",
        "multipart/form-data; boundary=B, application/json", "application/x-www-form-urlencoded", "multipart/related; boundary=B", "multipart/form-data; boundary = B", "multipart/form-data, multipart/form-data; boundary=C; boundary=B",
    ];

    public static Spelling Plain(string target) => Of(target, "multipart/form-data; boundary=B", "--B\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nRead\r\n--B--\r\n");

    public static IEnumerable<Spelling> Of(string target, Random chance)
    {
        while (true)
        {
            var body = new StringBuilder(Mostly("", chance, "\r\n", "x\r\n", $"--C\r\n{Hidden}\r\n", $"--B\r\n{Hidden}\n"));
            for (var parts = chance.Next(1, 4); parts > 0; parts--)
            {
                var name = Mostly(chance.Pick("form-data; name=\"Action\"", "form-data; name=\"Other\""), chance, Dispositions);
                body.Append("--B").Append(Mostly("\r\n", chance, "\n", " \r\n", "x\r\n", "\r", "--\r\n")).Append("Content-Disposition: ").Append(name)
                    .Append("\r\n").Append(Mostly("", chance, PartLines)).Append("\r\n").Append(Mostly(chance.Pick("Read", "Read", "Delete"), chance, Values)).Append("\r\n");
            }

            body.Append("--B").Append(Mostly("--\r\n", chance, "--", "", "-", "--\r\nepilogue", $"--\r\n--B\r\n{Hidden}\r\n--B--", "\r\n"));
            var call = Of(target, Mostly("multipart/form-data; boundary=B", chance, Types), body.ToString());
            yield return chance.Next(15) > 0 ? call : call with { Headers = [.. call.Headers, ("Content-Type", "multipart/form-data; boundary=C")] };
        }
    }

    private static Spelling Of(string target, string type, string body) => new("POST", target, [("Content-Type", type)], Encoding.UTF8.GetBytes(body));

    /// <summary>One trick at a time is more than many together: those are refused for the first of them.</summary>
    private static string Mostly(string plain, Random chance, params string[] tricks) => chance.Next(4) > 0 ? plain : chance.Pick(tricks);
}
