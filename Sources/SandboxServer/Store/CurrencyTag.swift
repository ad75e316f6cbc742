/// A currency's three letters in 4 bytes.
struct CurrencyTag: Hashable, Sendable {
  private let packed: UInt32

  /// Nil unless it is three ASCII letters.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 3, bytes.allSatisfy({ (65...90).contains($0) }) else { return nil }
    packed = UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2])
  }

  var text: String {
    String(decoding: [UInt8(packed >> 16 & 255), UInt8(packed >> 8 & 255), UInt8(packed & 255)], as: UTF8.self)
  }
}
