import BillLayouts
import Tabular

/// What the marks of a delimited file are called, and how a value has them.
struct DialectWords {
  private let dialect: Dialect

  /// - Parameter dialect: `nil` where columns stand at fixed places, and nothing is said of marks.
  init(_ dialect: Dialect?) { self.dialect = dialect ?? Dialect() }

  init(_ form: FileReading.Form) {
    if case .csv(let dialect) = form { self.init(dialect) } else { self.init(nil) }
  }

  /// The delimiter without its article.
  var delimiter: String {
    switch dialect.delimiter {
    case UInt8(ascii: ","): "comma"
    case UInt8(ascii: ";"): "semicolon"
    case UInt8(ascii: "\t"): "tab"
    default: Self.sign(dialect.delimiter)
    }
  }

  /// The quote without its article.
  var quote: String {
    switch dialect.quote {
    case UInt8(ascii: "\""), nil: "double quote"
    case UInt8(ascii: "'"): "single quote"
    case let byte?: Self.sign(byte)
    }
  }

  /// How a value comes to have a delimiter in it.
  var withDelimiter: String {
    if dialect.quote != nil { return "Enclose a value that has a \(delimiter) in it in \(quote)s" }
    if let escape { return "Write \(escape) before a \(delimiter) that belongs to a value" }
    return "No value of this file can have a \(delimiter) in it: take it out"
  }

  /// How a value comes to have a quote in it that doesn't begin with one.
  var withQuote: String {
    let sign = dialect.quote.map(Self.character) ?? ""
    if let escape { return "Write \(escape) before the quote: 5\(escape)\(sign) pipe." }
    return "Enclose the whole value in \(quote)s and write the quote in it twice: \(sign)5\(sign)\(sign) pipe\(sign)."
  }

  /// The same of one whose quotes are there.
  var insideQuotes: String { escape.map { "write \($0) before it" } ?? "write it twice" }

  /// The character that takes the meaning from the next one.
  var escape: String? { dialect.escape.map(Self.character) }

  private static func character(_ byte: UInt8) -> String { String(UnicodeScalar(byte)) }

  private static func sign(_ byte: UInt8) -> String {
    (0x21...0x7E).contains(byte) ? "'\(character(byte))'" : "byte \(String(byte, radix: 16, uppercase: true))"
  }
}
