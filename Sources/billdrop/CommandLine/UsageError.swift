/// The command line can't be understood (exit 64).
struct UsageError: Error {
  /// One sentence: what is wrong.
  let message: String
  /// What to type instead, or where to look.
  let hint: String
}
