import Hashing

/// The first 128 bits of the SHA-256 of a text.
struct PartKey: Hashable, Comparable, Sendable {
  var high: UInt64
  var low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The key of a text.
  init(_ text: String, _ hasher: SHA256Hasher) {
    hasher.update(text)
    self.init(hasher.finish())
  }

  /// The key of bytes.
  init(_ bytes: [UInt8], _ hasher: SHA256Hasher) {
    hasher.update(bytes)
    self.init(hasher.finish())
  }

  private init(_ digest: SHA256Digest) {
    let bytes = digest.bytes
    high = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
  }

  static func < (left: Self, right: Self) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }
}
