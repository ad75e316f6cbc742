/// Ids that look random, are the same for the same seed, and need no table: a serial, mixed reversibly, in base 62.
struct ObjectIDs: Sendable {
  private static let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
  private static let length = 11

  private let seed: UInt64

  init(seed: UInt64) { self.seed = seed }

  /// The id of the object with that serial.
  func id(_ kind: ObjectKind, _ serial: UInt32) -> String {
    var rest = mix(UInt64(serial), kind, rounds: [0, 1, 2, 3])
    var text = [UInt8](repeating: 0, count: Self.length)
    for place in text.indices.reversed() {
      text[place] = Self.digits[Int(rest % 62)]
      rest /= 62
    }
    return kind.prefix + String(decoding: text, as: UTF8.self)
  }

  /// The serial behind an id of that kind; nil when no such id was ever given out.
  func serial(_ kind: ObjectKind, _ id: String) -> UInt32? {
    guard id.hasPrefix(kind.prefix), id.utf8.count == kind.prefix.utf8.count + Self.length else { return nil }
    var mixed: UInt64 = 0
    for byte in id.utf8.dropFirst(kind.prefix.utf8.count) {
      guard let digit = Self.digits.firstIndex(of: byte) else { return nil }
      let (high, low) = mixed.multipliedFullWidth(by: 62)
      let (sum, overflow) = low.addingReportingOverflow(UInt64(digit))
      if high != 0 || overflow { return nil }
      mixed = sum
    }
    return UInt32(exactly: swapHalves(mix(swapHalves(mixed), kind, rounds: [3, 2, 1, 0])))
  }

  /// A Feistel network over the two halves; the rounds backwards, with the halves swapped, undo it.
  private func mix(_ value: UInt64, _ kind: ObjectKind, rounds: [UInt64]) -> UInt64 {
    var (left, right) = (UInt32(truncatingIfNeeded: value >> 32), UInt32(truncatingIfNeeded: value))
    for round in rounds {
      var word = UInt64(right) &+ seed &+ (round &* 3 &+ UInt64(kind.rawValue) &+ 1) &* 0x9e37_79b9_7f4a_7c15
      word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
      (left, right) = (right, left ^ UInt32(truncatingIfNeeded: word >> 32))
    }
    return UInt64(left) << 32 | UInt64(right)
  }

  private func swapHalves(_ value: UInt64) -> UInt64 { value << 32 | value >> 32 }
}
