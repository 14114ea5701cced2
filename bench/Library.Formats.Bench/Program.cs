using System.Globalization;
using Library.Formats.Bench;

// One job a process, so that the peak of one is not the other's: see ../formats.
return args switch
{
    ["make", var source, var count, var file] => await Corpus.MakeAsync(source, int.Parse(count, CultureInfo.InvariantCulture), file),
    ["speed", var file, var rounds] => await Speed.MeasureAsync(file, int.Parse(rounds, CultureInfo.InvariantCulture)),
    ["peak", var file] => await Speed.PeakAsync(file),
    ["damage", var folder] => await Damage.WriteAsync(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("make SOURCE.mrc COUNT FILE.mrc | speed FILE.mrc ROUNDS | peak FILE.mrc | damage FOLDER");
    return 2;
}
