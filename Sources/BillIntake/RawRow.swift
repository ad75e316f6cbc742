/// A row as its bytes came, to be written again with our two reason columns behind it.
package struct RawRow: Hashable, Sendable {
  /// The bytes without their line end, and without the reason columns of an earlier report (`Heading.reasonColumns`).
  package var bytes: [UInt8]
  /// LF, CRLF or CR as it came; empty where the input ended without one.
  package var lineEnd: [UInt8]

  package init(bytes: [UInt8], lineEnd: [UInt8]) {
    self.bytes = bytes
    self.lineEnd = lineEnd
  }
}
