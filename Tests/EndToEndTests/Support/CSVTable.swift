import Foundation

/// A small CSV file read whole, by RFC 4180, with a heading row. A reader of its own: the product's would agree with
/// its own mistakes.
struct CSVTable {
  let headings: [String]
  let rows: [[String: String]]

  init(_ text: String) throws {
    var records = try Self.records(of: Array(text.unicodeScalars))
    guard !records.isEmpty else { throw TestFault("a CSV file without a heading row") }
    let headings = records.removeFirst()
    self.headings = headings
    rows = try records.map { cells in
      guard cells.count == headings.count else {
        throw TestFault("\(cells.count) cells under \(headings.count) headings: \(cells)")
      }
      return Dictionary(zip(headings, cells)) { first, _ in first }
    }
  }

  func column(_ heading: String) -> [String] { rows.map { $0[heading] ?? "" } }

  private static func records(of text: [Unicode.Scalar]) throws -> [[String]] {
    var records: [[String]] = []
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var quoted = false
    var index = 0
    while index < text.count {
      let scalar = text[index]
      index += 1
      switch (scalar, quoted) {
      case ("\"", true) where index < text.count && text[index] == "\"":
        cell.append(scalar)
        index += 1
      case ("\"", _): quoted.toggle()
      case (",", false):
        cells.append(String(cell))
        cell = String.UnicodeScalarView()
      case ("\r", false): break
      case ("\n", false):
        records.append(cells + [String(cell)])
        cells = []
        cell = String.UnicodeScalarView()
      default: cell.append(scalar)
      }
    }
    if quoted { throw TestFault("a CSV file that ends inside a quote") }
    if !cells.isEmpty || !cell.isEmpty { records.append(cells + [String(cell)]) }
    return records
  }
}
