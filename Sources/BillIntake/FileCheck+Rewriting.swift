import BillLayouts
package import Tabular

/// What is needed to write rows of a checked file again, as they came.
extension FileCheck {
  /// How rows are written; `nil` for fixed-width rows.
  package var dialect: Dialect? { reading.file.dialect }

  /// The line end for a row that has none of its own; empty where rows have none.
  package var lineEnd: [UInt8] {
    switch reading.file.rowEnd {
    case .none: []
    case .ebcdic: [0x15]
    case .text: heading?.lineEnd ?? [UInt8(ascii: "\n")]
    }
  }

  /// Whether the layout takes gzips only.
  package var mustBePacked: Bool { layout.compression == .gzip }

  /// The text of a stretch.
  ///
  /// - Throws: `IntakeError.changed` where the input isn't what pass one read, and what reading throws.
  package func text(of extent: TextExtent) throws(IntakeError) -> [UInt8] {
    if let known = frame.texts[extent] { return known }
    let bytes = try input.text(of: extent)
    guard bytes.count == extent.count, !input.hasChanged else {
      throw .changed(name: name, byteOffset: extent.start)
    }
    return bytes
  }
}
