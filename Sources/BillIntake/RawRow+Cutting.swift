import Tabular

extension RawRow {
  /// A row as it came, cut behind the columns to keep.
  ///
  /// - Parameters:
  ///   - raw: The row's bytes with their line end.
  ///   - kept: How many columns to keep.
  ///   - columns: How many columns the heading row has. Only a row with as many fields is cut.
  ///   - dialect: How the row is written; `nil` where nothing stands between its columns, and nothing is cut.
  init(_ raw: UnsafeBufferPointer<UInt8>, keeping kept: Int, of columns: Int, in dialect: Dialect? = Dialect()) {
    var end = raw.count
    if end > 0, raw[end - 1] == UInt8(ascii: "\n") { end -= 1 }
    if end > 0, raw[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    lineEnd = Array(raw[end...])
    let text = raw[..<end]
    guard kept < columns, let dialect else {
      bytes = Array(text)
      return
    }
    bytes = Array(text[..<(Self.cut(text, keeping: kept, of: columns, in: dialect) ?? end)])
  }

  /// Where the delimiter behind the kept columns stands; `nil` where the row hasn't as many fields as columns.
  private static func cut(
    _ text: Slice<UnsafeBufferPointer<UInt8>>, keeping kept: Int, of columns: Int, in dialect: Dialect
  ) -> Int? {
    var delimiters = 0
    var isQuoted = false
    // A quote opens a field at its beginning, and goes on with it where it stands right behind a closing one.
    var mayOpen = true
    var place: Int?
    for index in text.indices {
      switch text[index] {
      case dialect.quote where isQuoted || mayOpen:
        isQuoted.toggle()
        mayOpen = !isQuoted
      case dialect.delimiter where !isQuoted:
        delimiters += 1
        if delimiters == kept { place = index }
        mayOpen = true
      default: mayOpen = false
      }
    }
    return delimiters == columns - 1 ? place : nil
  }
}
