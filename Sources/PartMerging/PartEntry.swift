/// What a row leaves behind for the comparison of parts: of a fixed size, sorted by its key.
///
/// Keys are the first 128 bits of a SHA-256: among 10⁹ keys two of different texts meet once in 10²⁰ archives.
protocol PartEntry: Sendable {
  /// The kind of a run in a file of claims.
  static var kind: UInt64 { get }
  /// Bytes of one.
  static var byteCount: Int { get }

  /// What is compared across parts.
  var key: PartKey { get }
  /// From 1, within its part.
  var record: UInt32 { get }

  init(_ bytes: UnsafeRawBufferPointer)
  func append(to bytes: inout [UInt8])
}

extension PartEntry {
  /// By key, then by record.
  static func precedes(_ one: Self, _ other: Self) -> Bool {
    one.key == other.key ? one.record < other.record : one.key < other.key
  }
}
