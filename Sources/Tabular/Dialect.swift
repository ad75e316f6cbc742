/// How a delimited text is written. Line ends are LF, CRLF and lone CR, mixed as they come.
package struct Dialect: Hashable, Sendable {
  /// Stands between two fields: one ASCII byte that is neither the quote nor a line end.
  package var delimiter: UInt8
  /// Encloses a field, and is doubled inside one; `nil` where quotes mean nothing. One ASCII byte.
  package var quote: UInt8?
  /// Whether the first record is the heading row. It then has the number 0, so that data records count from 1.
  package var hasHeading: Bool

  package init(delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""), hasHeading: Bool = true) {
    precondition(Self.canSeparate(delimiter) && delimiter != quote && quote.map(Self.canSeparate) ?? true)
    self.delimiter = delimiter
    self.quote = quote
    self.hasHeading = hasHeading
  }

  /// Whether a byte may serve as delimiter or quote: ASCII, and neither NUL, LF nor CR.
  package static func canSeparate(_ byte: UInt8) -> Bool {
    byte > 0 && byte < 0x80 && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
  }
}
