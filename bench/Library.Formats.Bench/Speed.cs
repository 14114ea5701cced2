using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization;
using Library.Contracts.Values;
using Library.Formats.Mapping;
using Library.Formats.Marc;

namespace Library.Formats.Bench;

/// <summary>Reading and mapping of MARC beside parsing the same books and authors as NDJSON.</summary>
internal static class Speed
{
    private static readonly DateOnly Today = new(2026, 1, 1);

    public static async Task<int> MeasureAsync(string file, int rounds)
    {
        var lines = Path.ChangeExtension(file, ".ndjson");
        await WriteLinesAsync(file, lines);
        var ratios = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            var (records, marc) = await TimeAsync(() => ReadMarcAsync(file));
            var (_, json) = await TimeAsync(() => ReadLinesAsync(lines));
            var (_, reading) = await TimeAsync(() => ReadOnlyAsync(file));
            // The first round compiles.
            if (round == 0) continue;
            ratios.Add(json / marc);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: MARC {records / marc:N0} records/s, NDJSON {records / json:N0} records/s, ratio {json / marc:N2}; reading alone {records / reading:N0} records/s"));
        }

        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratios[ratios.Count / 2]:N2}; MARC {new FileInfo(file).Length / 1e6:N0} MB, NDJSON {new FileInfo(lines).Length / 1e6:N0} MB"));
        return 0;
    }

    public static async Task<int> PeakAsync(string file)
    {
        var records = await ReadMarcAsync(file);
        var peak = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Console.WriteLine($"{records} {peak}");
        return 0;
    }

    private static async Task<(long Records, double Seconds)> TimeAsync(Func<Task<long>> read)
    {
        GC.Collect();
        // Of the processor, all threads: what else runs on the machine is no matter.
        var started = Environment.CpuUsage.TotalTime;
        var records = await read();
        return (records, (Environment.CpuUsage.TotalTime - started).TotalSeconds);
    }

    private static async Task<long> ReadMarcAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        var mapper = new MarcMapper(Today);
        long records = 0;
        await foreach (var item in MarcReader.ReadAsync(stream))
            if (mapper.Map(item).Refusal is null) records++;
        return records;
    }

    private static async Task<long> ReadOnlyAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        long records = 0;
        await foreach (var item in MarcReader.ReadAsync(stream))
            if (item.Refusal is null) records++;
        return records;
    }

    private static async Task WriteLinesAsync(string file, string lines)
    {
        await using var stream = File.OpenRead(file);
        await using var output = File.Create(lines, 1 << 20);
        var mapper = new MarcMapper(Today);
        await foreach (var item in MarcReader.ReadAsync(stream))
        {
            var mapped = mapper.Map(item);
            if (mapped.Book is null) continue;
            foreach (var author in mapped.Authors) await LineAsync(output, JsonSerializer.SerializeToUtf8Bytes(author, BenchJson.Default.MappedAuthor));
            await LineAsync(output, JsonSerializer.SerializeToUtf8Bytes(mapped.Book, BenchJson.Default.MappedBook));
        }
    }

    private static async Task LineAsync(Stream output, byte[] json)
    {
        await output.WriteAsync(json);
        output.WriteByte((byte)'\n');
    }

    private static async Task<long> ReadLinesAsync(string file)
    {
        await using var stream = File.OpenRead(file);
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 128 * 1024));
        long books = 0;
        while (true)
        {
            var read = await reader.ReadAsync();
            var buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                if (Parse(buffer.Slice(0, end))) books++;
                buffer = buffer.Slice(buffer.GetPosition(1, end));
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted) return books;
        }
    }

    private static bool Parse(ReadOnlySequence<byte> line)
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (bytes.StartsWith("{\"key\":\"heading:"u8))
        {
            JsonSerializer.Deserialize(bytes, BenchJson.Default.MappedAuthor);
            return false;
        }

        JsonSerializer.Deserialize(bytes, BenchJson.Default.MappedBook);
        return true;
    }
}

/// <summary>A date in JSON is its text.</summary>
internal sealed class DateConverter : JsonConverter<EdtfDate>
{
    public override EdtfDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => EdtfDate.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, EdtfDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, Converters = [typeof(DateConverter)])]
[JsonSerializable(typeof(MappedBook))]
[JsonSerializable(typeof(MappedAuthor))]
internal sealed partial class BenchJson : JsonSerializerContext;
