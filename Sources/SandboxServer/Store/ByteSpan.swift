/// Where a piece of text lies in a `ByteArena`; 8 bytes.
struct ByteSpan: Equatable, Sendable {
  /// Nothing was stored.
  static let none = ByteSpan(packed: 0)

  private let packed: UInt64

  private init(packed: UInt64) { self.packed = packed }

  /// - Parameters:
  ///   - position: chunk × 2²⁰ + offset in the chunk; under 2⁴⁰.
  ///   - count: bytes; 1 to 2²⁴ − 1.
  init(position: Int, count: Int) {
    packed = UInt64(position) << 24 | UInt64(count)
  }

  var position: Int { Int(packed >> 24) }
  var count: Int { Int(packed & 0xff_ffff) }
  var isEmpty: Bool { count == 0 }
}
