using System.Text;

namespace Library.EndToEnd.ImportKills;

/// <summary>What is in the catalog before, and an import over it that creates, changes, leaves as it is, and is refused in part.</summary>
internal static class KillFile
{
    /// <summary>A quarter of the records, some of them otherwise than the import will say.</summary>
    public static string Before(int records) => string.Concat(Enumerable.Range(0, records / 4).Select(i => Record(i, i % 2 == 0 ? "Before" : "New")));

    /// <summary>In random order, so that books stand before their authors and the last of several lines is anywhere.</summary>
    public static byte[] Import(int records, Random random)
    {
        var lines = Enumerable.Range(0, records).Select(i => (i % 50) switch
        {
            7 => "{ \"type\": \"author\", \"key\": \"broken\n",
            13 => $$"""{"type":"book","key":"orphan{{i}}","title":"Of nobody","authorKeys":["nobody{{i}}"]}""" + "\n",
            29 => Record(i - 1, "Superseded or not"),
            _ => Record(i, "New"),
        }).ToArray();
        random.Shuffle(lines);
        return Encoding.UTF8.GetBytes(string.Concat(lines));
    }

    private static string Record(int i, string words) => i % 3 == 0 || IsNamed(i)
        ? $$"""{"type":"author","key":"a{{i}}","name":"{{words}} “{{i}}”","bio":"Łódź, \"👀\"\nand on.","birthDate":"1929-10-21"}""" + "\n"
        : $$"""{"type":"book","key":"b{{i}}","title":"{{words}} {{i}}","publishDate":"1968-11-01","authorKeys":["a{{i / 300 * 300}}","a{{(i / 300 * 300) + 150}}"]}""" + "\n";

    /// <summary>Every book names two of these, which no bad line stands for.</summary>
    private static bool IsNamed(int i) => i % 150 == 0;
}
