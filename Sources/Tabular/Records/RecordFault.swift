/// What is wrong with a record as text. The record is there all the same, mended as its kind says; no record is lost.
package struct RecordFault: Hashable, Sendable {
  /// What is wrong.
  package var kind: Kind
  /// The record's place in its batch's `records`.
  package var record: Int
  /// The field's place in the record, from 0; `nil` where the fault is the whole record's.
  package var field: Int?
  /// The physical line of the byte at fault, from 1.
  package var line: Int
  /// Where in the input the byte at fault stands, from 0: in the file before it was decoded, and after it was unpacked.
  package var byteOffset: Int64

  package init(kind: Kind, record: Int, field: Int?, line: Int, byteOffset: Int64) {
    self.kind = kind
    self.record = record
    self.field = field
    self.line = line
    self.byteOffset = byteOffset
  }

  /// The kinds of fault, with what the reader makes of each. A field has at most one fault of a kind, its first.
  package enum Kind: Hashable, Sendable {
    /// A quoted field goes on after its closing quote (`"a"b`). At: the first byte after that quote.
    /// The bytes up to the next delimiter or line end are appended to the value as they are (`ab`).
    case bytesAfterClosingQuote
    /// A quote stands inside a field that didn't begin with one (`5" pipe`). At: the quote. It is an ordinary byte.
    case quoteInUnquotedField
    /// A quote opens a field and isn't closed. At: the opening quote.
    /// It is taken as an ordinary byte, so that its record ends with its own line and the lines after it are records.
    case unclosedQuote(UnclosedQuoteEvidence)
    /// The record has more bytes than the limit, its line end not counted. At: its first byte.
    /// The record keeps its first `limit` bytes and no fields, and has no other fault. Reading goes on after the next
    /// line end, whatever quotes stand before it.
    case recordTooLong(limit: Int)
    /// A NUL byte in a field's value. At: the first one. It stays in the value.
    case nulByte
    /// A field's value is not UTF-8 (Unicode 16, table 3-7). At: the first byte of the first ill-formed sequence.
    case invalidUTF8
    /// Bytes stand for nothing in the input's encoding. At: the first of them. Each is replaced by U+FFFD (in encodings
    /// with units of two or four bytes, each unit).
    case undecodable
    /// The input ends in the middle of a character of its encoding: an odd byte at the end of UTF-16. At: its first
    /// byte. It is replaced by U+FFFD.
    case cutCharacter
    /// A byte order mark that doesn't begin the input: a second one, or that of a file which was appended.
    /// At: the mark, which begins the record. It stays in the value.
    case byteOrderMark
    /// The escape character is the last of the input. At: that character. It is an ordinary byte.
    case danglingEscape
    /// A fixed-width record is shorter than it has to be. At: its first byte. It has the fields that begin within it,
    /// the last of them as far as it goes. Lengths are in the dialect's unit.
    case shortRecord(length: Int, expected: Int)
    /// A fixed-width record is longer than it may be. At: its first byte. It has all its fields.
    case longRecord(length: Int, expected: Int)
    /// A fixed-width record is so long that another one would have room in it, where none may be so long. At: its first
    /// byte. It has all its fields, which end at `extent`.
    case roomyRecord(length: Int, extent: Int)
    /// A fixed-width record is cut short by the end of the input. At: its first byte. Fields as in a short one.
    case truncatedRecord(length: Int, expected: Int)

    /// Orders faults at the same byte.
    var rank: Int {
      switch self {
      case .recordTooLong: 0
      case .truncatedRecord: 1
      case .shortRecord: 2
      case .longRecord, .roomyRecord: 3
      case .byteOrderMark: 4
      case .unclosedQuote: 5
      case .quoteInUnquotedField: 6
      case .bytesAfterClosingQuote: 7
      case .danglingEscape: 8
      case .nulByte: 9
      case .invalidUTF8: 10
      case .undecodable: 11
      case .cutCharacter: 12
      }
    }
  }
}
