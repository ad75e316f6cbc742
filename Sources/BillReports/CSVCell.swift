/// Writes cells of CSV that we author (RFC 4180), safe to open in a spreadsheet.
package enum CSVCell {
  /// Appends `text` as one cell, quoted where it must be.
  ///
  /// A cell that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage
  /// return) gets an apostrophe in front, unless it is a plain number.
  package static func append(_ text: String, to bytes: inout [UInt8]) {
    let cell = text.utf8
    let harmless = !wouldRun(cell)
    let needsQuotes = cell.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else {
      if !harmless { bytes.append(0x27) }
      return bytes.append(contentsOf: cell)
    }
    bytes.append(0x22)
    if !harmless { bytes.append(0x27) }
    for byte in cell {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  /// Appends a row of cells and a line feed.
  package static func appendRow(_ cells: [String], to bytes: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(0x2C) }
      append(cell, to: &bytes)
    }
    bytes.append(0x0A)
  }

  private static func wouldRun(_ cell: String.UTF8View) -> Bool {
    guard let first = cell.first else { return false }
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "@"), 0x09, 0x0D: return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      return !cell.dropFirst().allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E } || cell.count == 1
    default: return false
    }
  }
}
