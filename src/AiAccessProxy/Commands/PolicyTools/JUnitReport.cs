using System.Globalization;
using System.Text;
using System.Xml;
using AiAccessProxy.Policies.Trials;

namespace AiAccessProxy.Commands.PolicyTools;

/// <summary>Test results as build servers read them: JUnit's XML, one suite a file.</summary>
internal static class JUnitReport
{
    public static void Write(Stream stream, IReadOnlyList<PolicyTestResult> results, Func<PolicyTestResult, string> why)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartElement("testsuites");
        Totals(xml, results);
        foreach (var file in results.GroupBy(result => result.Test.File).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", file.Key);
            Totals(xml, [.. file]);
            foreach (var result in file) Case(xml, result, why);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, PolicyTestResult result, Func<PolicyTestResult, string> why)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", TerminalText.Of(result.Test.Name));
        xml.WriteAttributeString("classname", result.Test.Call.Route ?? result.Test.File);
        xml.WriteAttributeString("file", result.Test.File);
        xml.WriteAttributeString("line", result.Test.Line.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("time", Seconds([result]));
        if (result.Failures.Count > 0)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", "expectation");
            xml.WriteAttributeString("message", TerminalText.Of(string.Join("; ", result.Failures)));
            xml.WriteString(why(result));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Totals(XmlWriter xml, IReadOnlyList<PolicyTestResult> results)
    {
        xml.WriteAttributeString("tests", results.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", results.Count(result => result.Failures.Count > 0).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", "0");
        xml.WriteAttributeString("time", Seconds(results));
    }

    private static string Seconds(IEnumerable<PolicyTestResult> results) =>
        results.Sum(result => result.Took.TotalSeconds).ToString("0.000000", CultureInfo.InvariantCulture);
}
