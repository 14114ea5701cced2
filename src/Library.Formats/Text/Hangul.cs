namespace Library.Formats.Text;

/// <summary>Syllables of Hangul are composed by arithmetic (The Unicode Standard, 3.12).</summary>
internal static class Hangul
{
    public const int FirstVowel = 0x1161;
    public const int Vowels = 21;
    public const int FirstTail = 0x11A7;
    public const int Tails = 28;

    private const int FirstSyllable = 0xAC00;
    private const int FirstLead = 0x1100;
    private const int Leads = 19;
    private const int Syllables = Leads * Vowels * Tails;

    public static bool TryDecompose(int character, out (int First, int Second) parts)
    {
        var index = character - FirstSyllable;
        parts = default;
        if (index is < 0 or >= Syllables) return false;
        var tail = index % Tails;
        parts = tail != 0
            ? (character - tail, FirstTail + tail)
            : (FirstLead + (index / (Vowels * Tails)), FirstVowel + (index / Tails % Vowels));
        return true;
    }

    public static bool TryCompose(int first, int second, out int composed)
    {
        if (first is >= FirstLead and < FirstLead + Leads && second is >= FirstVowel and < FirstVowel + Vowels)
            composed = FirstSyllable + ((((first - FirstLead) * Vowels) + second - FirstVowel) * Tails);
        else if (first - FirstSyllable is >= 0 and < Syllables && (first - FirstSyllable) % Tails == 0 && second is > FirstTail and < FirstTail + Tails)
            composed = first + second - FirstTail;
        else
            composed = 0;
        return composed != 0;
    }
}
