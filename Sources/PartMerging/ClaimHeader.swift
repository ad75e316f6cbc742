import BillLayouts
import Hashing

/// How a file of claims begins: what it is, and of what.
struct ClaimHeader: Equatable {
  /// The name of a file of claims in a report.
  static let fileName = "references.bin"
  static let byteCount = 88
  private static let mark = Array("billdrop.claims3".utf8)

  /// Of the part's bytes.
  var file: SHA256Digest
  /// Of the layout that it was read by.
  var layout: SHA256Digest
  var duplicates: DuplicatePolicy

  init(file: SHA256Digest, layout: SHA256Digest, duplicates: DuplicatePolicy) {
    (self.file, self.layout, self.duplicates) = (file, layout, duplicates)
  }

  /// Reads a header; `nil` where it is none of this version.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount, bytes.starts(with: Self.mark), bytes[80] < 2,
      let file = SHA256Digest(bytes[16..<48]), let layout = SHA256Digest(bytes[48..<80])
    else { return nil }
    self.init(file: file, layout: layout, duplicates: bytes[80] == 1 ? .first : .reject)
  }

  var bytes: [UInt8] {
    Self.mark + file.bytes + layout.bytes + [duplicates == .first ? 1 : 0] + [UInt8](repeating: 0, count: 7)
  }
}
