/// Writes cells of CSV that we author (RFC 4180), safe to open in a spreadsheet.
package enum CSVCell {
  /// How cells are told apart. All are ASCII.
  package struct Form: Sendable {
    package var delimiter: UInt8
    package var quote: UInt8?
    /// Stands before a quote within quotes; `nil` where quotes are doubled.
    package var escape: UInt8?

    /// RFC 4180.
    package static let standard = Form(delimiter: 0x2C, quote: 0x22, escape: nil)

    package init(delimiter: UInt8, quote: UInt8?, escape: UInt8?) {
      self.delimiter = delimiter
      self.quote = quote
      self.escape = escape
    }
  }

  /// Appends `text` as one cell, quoted where it must be; where there are no quotes, blanks stand for what would need
  /// them.
  ///
  /// A cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage
  /// return) gets an apostrophe in front, unless it is a plain number.
  package static func append(_ text: String, to bytes: inout [UInt8], in form: Form = .standard) {
    var text = text
    text.withUTF8 { append($0, to: &bytes, in: form) }
  }

  private static func append(_ cell: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8], in form: Form) {
    let harmless = !wouldRun(cell)
    guard cell.contains(where: { isSpecial($0, form) }) else {
      if !harmless { bytes.append(0x27) }
      return bytes.append(contentsOf: cell)
    }
    guard let quote = form.quote else {
      if !harmless { bytes.append(0x27) }
      return bytes.append(contentsOf: cell.map { isSpecial($0, form) ? 0x20 : $0 })
    }
    bytes.append(quote)
    if !harmless { bytes.append(0x27) }
    for byte in cell {
      if byte == quote || byte == form.escape { bytes.append(form.escape ?? quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  /// The text of a cell as a reader of our CSV gets it: with an apostrophe where a spreadsheet would run it.
  static func harmless(_ text: String) -> String {
    var cell = text
    return cell.withUTF8 { wouldRun($0) } ? "'" + text : text
  }

  private static func isSpecial(_ byte: UInt8, _ form: Form) -> Bool {
    byte == form.delimiter || byte == form.quote || byte == form.escape || byte == 0x0A || byte == 0x0D
  }

  /// Appends a row of cells and a line feed.
  package static func appendRow(_ cells: [String], to bytes: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      append(cell, to: &bytes)
    }
    bytes.append(0x0A)
  }

  private static func wouldRun(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = cell.first else { return false }
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0D: return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      return !cell.dropFirst().allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E } || cell.count == 1
    default: return false
    }
  }
}
