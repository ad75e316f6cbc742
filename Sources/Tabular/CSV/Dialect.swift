/// How a delimited text is written. Line ends are LF, CRLF and lone CR, mixed as they come.
package struct Dialect: Hashable, Sendable {
  /// Stands between two fields: one ASCII byte that is neither the quote nor a line end.
  package var delimiter: UInt8
  /// Encloses a field, and is doubled inside one; `nil` where quotes mean nothing. One ASCII byte.
  package var quote: UInt8?
  /// Takes the meaning from the byte that follows it (from both of a CRLF), inside of quotes and outside: the value has
  /// that byte and not this one. No letter gets a meaning: `\n` is n. Quotes are not doubled then. One ASCII byte.
  package var escape: UInt8?
  /// A record's line that begins with these bytes is a comment up to its line end, and no record. Not empty.
  package var comment: [UInt8]?
  /// So many lines at the beginning of the input are neither heading nor records, whatever stands in them.
  package var skippedLines: Int
  /// Whether the first record is the heading row. It then has the number 0, so that data records count from 1.
  package var hasHeading: Bool

  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8? = UInt8(ascii: "\""), escape: UInt8? = nil,
    comment: [UInt8]? = nil, skippedLines: Int = 0, hasHeading: Bool = true
  ) {
    let separators = [delimiter] + [quote, escape].compactMap { $0 }
    precondition(separators.allSatisfy(Self.canSeparate) && Set(separators).count == separators.count)
    precondition(skippedLines >= 0 && comment.map(Self.canBeginComment) ?? true)
    self.delimiter = delimiter
    self.quote = quote
    self.escape = escape
    self.comment = comment
    self.skippedLines = skippedLines
    self.hasHeading = hasHeading
  }

  /// Whether a byte may serve as delimiter, quote or escape: ASCII, and neither NUL, LF nor CR.
  package static func canSeparate(_ byte: UInt8) -> Bool {
    byte > 0 && byte < 0x80 && byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
  }

  /// Whether bytes may begin a comment: at least one, and no line end or NUL.
  package static func canBeginComment(_ bytes: [UInt8]) -> Bool {
    !bytes.isEmpty && !bytes.contains { $0 == 0 || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  }

  /// Whether records can be found by the masks of `PlainScan` alone.
  var isPlain: Bool { escape == nil && comment == nil }
}
