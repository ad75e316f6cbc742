import BillLayouts
import Tabular

extension RawRow {
  /// A row as it came, cut behind the columns to keep.
  ///
  /// - Parameters:
  ///   - raw: The row's text with its line end.
  ///   - kept: How many columns to keep.
  ///   - columns: How many columns the heading row has. Only a row with as many fields is cut.
  ///   - file: How the row is written. Where nothing stands between its columns, nothing is cut.
  init(
    _ raw: UnsafeBufferPointer<UInt8>, keeping kept: Int, of columns: Int, in file: FileReading, start: Int64 = 0,
    parent: TextExtent? = nil
  ) {
    self.start = start
    self.parent = parent
    let end = file.contentEnd(of: raw)
    lineEnd = Array(raw[end...])
    let text = raw[..<end]
    let dialect = file.dialect
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
    var isEscaped = false
    for index in text.indices {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch text[index] {
      case dialect.escape where dialect.escape != dialect.quote:
        isEscaped = true
        mayOpen = false
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
