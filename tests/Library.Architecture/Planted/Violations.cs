// A small project that breaks every rule once; the rules are run against it, so that a rule that sees nothing is noticed.
namespace Library.Architecture.Planted.Features.Loans
{
    internal static class Loan
    {
        /// <summary>A feature uses another that no meeting names.</summary>
        public static string Of() => Members.Member.Name();
    }
}

namespace Library.Architecture.Planted.Features.Members
{
    internal static class Member
    {
        public static string Name() => Infrastructure.Texts.Text.Trimmed(" a ");
    }
}

namespace Library.Architecture.Planted.Infrastructure.Texts
{
    internal static class Text
    {
        public static string Trimmed(string text) => text.Trim();

        /// <summary>No violation: a type parameter by reference is no library.</summary>
        public static ref T First<T>(T[] items) => ref items[0];

        /// <summary>The lower storey uses a feature, from within a lambda of an asynchronous method, which the compiler makes types of its own for.</summary>
        public static async Task<string> LoanAsync()
        {
            await Task.Yield();
            Func<string> name = () => Features.Loans.Loan.Of();
            return name();
        }
    }
}

namespace Library.Architecture.Planted.Infrastructure.Numbers
{
    /// <summary>Uses a library.</summary>
    internal sealed record Number(global::ArchUnitNET.Domain.IType Of);
}
