/// One option of a command, as the help shows it and the parser reads it.
struct OptionSpec: Sendable {
  /// What an option's value must be.
  enum Value: Sendable {
    /// No value: the option is there or not.
    case none
    /// Any text but the empty one; the name is shown in the help.
    case text(String)
    /// A whole number of at least 1, and of at most so many.
    case count(String, most: Int = 1_000_000_000)
    /// A whole number of at least 0.
    case number(String)
    /// A decimal number above 0.
    case rate(String)
    /// So many bytes, as `128M`: K, M and G are powers of 1024.
    case size(String)
    /// A file's SHA-256, or at least its first 12 digits; the name is shown in the help.
    case digest(String)
    /// A day, as `2026-03-01`; the name is shown in the help.
    case day(String)
    /// One of these words.
    case choice([String])
  }

  /// With its dashes: `--reports`.
  let name: String
  let value: Value
  /// One sentence, without a full stop.
  let help: String

  /// The option with its value, as it is typed.
  var usage: String {
    switch value {
    case .none: name
    case .text(let placeholder), .count(let placeholder, _), .number(let placeholder), .rate(let placeholder),
      .size(let placeholder), .digest(let placeholder), .day(let placeholder):
      "\(name) \(placeholder)"
    case .choice(let words): "\(name) \(words.joined(separator: "|"))"
    }
  }
}
