using BenchmarkDotNet.Attributes;
using Library.Contracts;
using Library.Hosting.Search;
using Library.Worker.Infrastructure.Model;

namespace Library.MicroBenchmarks;

/// <summary>What the search costs the worker for each record, and the API for each query.</summary>
public class SearchBenchmarks
{
    private readonly SearchVector _vector = new();
    private readonly string _query = "le guin earth* sea";
    private readonly BookState _book = Samples.Book(1, Samples.Id(2, 1)).Book;
    private readonly BookState _accented = Book("À la recherche du temps perdu : Du côté de chez Swann", "Longtemps, je me suis couché de bonne heure. Parfois, à peine ma bougie éteinte, mes yeux se fermaient si vite que je n'avais pas le temps de me dire : « Je m'endors. »");
    private readonly BookState _japanese = Book("吾輩は猫である", "吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。");

    [Benchmark]
    public int VectorOfABook() => SearchText.Of(_book, _vector).ToBinary().Length;

    [Benchmark]
    public int VectorOfAnAccentedBook() => SearchText.Of(_accented, _vector).ToBinary().Length;

    [Benchmark]
    public int VectorOfAJapaneseBook() => SearchText.Of(_japanese, _vector).ToBinary().Length;

    [Benchmark]
    public string TextOfAVector() => SearchText.Of(_book, _vector).ToText();

    [Benchmark]
    public string SortKey() => Folding.Key(_accented.Title);

    [Benchmark]
    public string Query() => SearchQuery.Parse(_query)!.ToString();

    private static BookState Book(string title, string description) => new() { Id = Samples.Id(4, 1), Title = title, Description = description, Contributors = [] };
}
