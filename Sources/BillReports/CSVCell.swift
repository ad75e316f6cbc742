/// Writes cells of CSV that we author (RFC 4180), safe to open in a spreadsheet.
package enum CSVCell {
  /// How cells are told apart. All are ASCII.
  package struct Form: Sendable {
    package let delimiter: UInt8
    package let quote: UInt8?
    /// Stands before a quote within quotes; `nil` where quotes are doubled.
    package let escape: UInt8?
    /// The bytes for which a cell needs quotes, by bits.
    private let special: (low: UInt64, high: UInt64)

    /// RFC 4180.
    package static let standard = Form(delimiter: 0x2C, quote: 0x22, escape: nil)

    package init(delimiter: UInt8, quote: UInt8?, escape: UInt8?) {
      self.delimiter = delimiter
      self.quote = quote
      self.escape = escape
      var special: (low: UInt64, high: UInt64) = (1 << 0x0A | 1 << 0x0D, 0)
      for byte in [delimiter, quote, escape].compactMap(\.self) {
        if byte < 64 { special.low |= 1 << UInt64(byte) } else { special.high |= 1 << UInt64(byte - 64) }
      }
      self.special = special
    }

    /// Whether a cell with the byte in it needs quotes.
    fileprivate func isSpecial(_ byte: UInt8) -> Bool {
      byte < 64 ? special.low >> UInt64(byte) & 1 == 1 : byte < 128 && special.high >> UInt64(byte - 64) & 1 == 1
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
    guard cell.contains(where: { form.isSpecial($0) }) else {
      if !harmless { bytes.append(0x27) }
      return bytes.append(contentsOf: cell)
    }
    guard let quote = form.quote else {
      if !harmless { bytes.append(0x27) }
      return bytes.append(contentsOf: cell.map { form.isSpecial($0) ? 0x20 : $0 })
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

  /// Appends a count as one cell.
  ///
  /// - Parameter number: 0 or more.
  static func append(_ number: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    var rest = UInt(number)
    repeat {
      bytes.append(UInt8(0x30 + rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
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
