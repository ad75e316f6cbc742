/// Telling a file of fixed width, in whose names and addresses a comma may stand, from a delimited one.
extension FileSample {
  /// How many rows are looked at, and how many of them there must be.
  private static let (mostRows, leastRows) = (200, 3)
  /// The least length, in characters, of a row with values at fixed places.
  private static let leastLength = 20

  /// How many characters each row has of a file whose values stand at fixed places; `nil` for any other.
  ///
  /// All its rows are of one length, most are padded with blanks inside, and no delimiter stands in all of them twice or
  /// more, or once at the same place: that is a delimited file whose values are padded.
  static func fixedLength(_ file: Opening, _ encoding: String) throws(GuessError) -> Int? {
    var rows: [String] = []
    // A character that is in no text: each row is one field.
    try each(file, encoding, 1, blockSize: blockSize) { values in
      rows.append(values.joined())
      return rows.count < mostRows
    }
    guard let length = rows.first?.unicodeScalars.count, rows.count >= leastRows, length >= leastLength,
      rows.allSatisfy({ $0.unicodeScalars.count == length }), 2 * rows.count(where: isPadded) >= rows.count,
      !delimiters.contains(where: { isDelimited(rows, by: $0) })
    else { return nil }
    return length
  }

  private static func isPadded(_ row: String) -> Bool { row.contains("  ") }

  private static func isDelimited(_ rows: [String], by byte: UInt8) -> Bool {
    let places = rows.map { row in row.utf8.enumerated().filter { $0.element == byte }.map(\.offset) }
    guard let first = places.first, !first.isEmpty else { return false }
    return first.count > 1 ? places.allSatisfy { $0.count == first.count } : places.allSatisfy { $0 == first }
  }
}
