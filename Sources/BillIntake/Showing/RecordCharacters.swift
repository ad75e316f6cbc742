import BillLayouts
import Tabular

/// The characters of records as people see them: for a fixed-width record one for each place that its layout counts.
struct RecordCharacters {
  /// Stands for what has no picture: control characters, halves of packed numbers.
  private static let dot = "·"

  let file: FileReading

  /// One for each unit; empty for a record of a CSV.
  func units(_ record: UnsafeBufferPointer<UInt8>) -> [String] {
    guard case .fixedWidth(let dialect) = file.form else { return [] }
    let bytes = content(of: record)
    if let table = file.table { return bytes.map { Self.picture(Self.text(of: $0, table)) } }
    var units: [String] = []
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      units.append(Self.picture(scalar))
      guard dialect.unit == .bytes else { continue }
      for _ in 1..<max(1, String(scalar).utf8.count) { units.append(Self.dot) }
    }
    return units
  }

  /// The whole record as text.
  func text(_ record: UnsafeBufferPointer<UInt8>) -> String {
    guard case .fixedWidth = file.form else { return String(decoding: record, as: UTF8.self) }
    let bytes = content(of: record)
    guard let table = file.table else { return String(decoding: bytes, as: UTF8.self) }
    return String(String.UnicodeScalarView(bytes.map { Self.text(of: $0, table) ?? "\u{FFFD}" }))
  }

  private func content(of record: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>> {
    let end = file.contentEnd(of: record)
    return record[min(file.rowPrefix, end)..<end]
  }

  private static func text(of byte: UInt8, _ table: SingleByteTable) -> Unicode.Scalar? {
    var text: [UInt8] = []
    return [byte].withUnsafeBufferPointer { table.append($0, to: &text) } == nil
      ? String(decoding: text, as: UTF8.self).unicodeScalars.first : nil
  }

  private static func picture(_ scalar: Unicode.Scalar?) -> String {
    guard let scalar else { return dot }
    switch scalar.value {
    case 0..<32, 127..<160, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFFFD: return dot
    default: return String(scalar)
    }
  }
}
