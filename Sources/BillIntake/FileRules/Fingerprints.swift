import CScan
package import Hashing

/// The fingerprints of references and parties: seeded per run, and never more than a filter. What they say is the same
/// is compared on the bytes before anybody hears of it.
package struct Fingerprints: Sendable {
  /// The bits of a key that are used: 8 choose a partition of a log, and 48 stand in its entries.
  static var keyBits: UInt64 { 0xFF00_FFFF_FFFF_FFFF }
  private static var entryBits: UInt64 { 0x0000_FFFF_FFFF_FFFF }

  private let hash: FastHash
  private let keyMask: UInt64

  /// - Parameters:
  ///   - hash: Gives the fingerprints.
  ///   - keyBits: How many bits of the fingerprints of references and parties are used: for tests that need them to
  ///     meet.
  package init(hash: FastHash = FastHash(), keyBits: Int = 64) {
    self.hash = hash
    keyMask = (keyBits >= 64 ? .max : 1 << UInt64(keyBits) - 1) & Self.keyBits
  }

  /// The fingerprint of a reference, with the bits of `keyBits` alone; those in an entry are never 0.
  func key(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 { key(hash(UnsafeRawBufferPointer(bytes))) }

  /// The fingerprint of a reference whose fingerprint as any text is known.
  @inline(__always)
  func key(_ text: UInt64) -> UInt64 {
    let key = text & keyMask
    return key & Self.entryBits == 0 ? key | 1 : key
  }

  /// The fingerprint of any text.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 { hash(UnsafeRawBufferPointer(bytes)) }

  /// What the fingerprints of texts follow from.
  var seed: cscan_seed { hash.seed }

  /// The fingerprints of a column's texts; which of them aren't empty, by bits.
  ///
  /// - Parameter rows: Up to 64 rows, by their first column.
  func texts(_ rows: cscan_column, _ column: Int, _ values: UnsafeMutablePointer<UInt64>) -> UInt64 {
    cscan_hashes(rows.column(column), seed, values)
  }

  /// The fingerprint of a name.
  func text(_ name: String) -> UInt64 {
    var name = name
    return name.withUTF8 { text($0) }
  }

  /// Adds a named value to a fingerprint of several.
  @inline(__always)
  static func combine(_ sum: UInt64, name: UInt64, value: UInt64) -> UInt64 {
    var word = (sum << 23 | sum >> 41) ^ (value &+ name)
    word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
    return word ^ word >> 31
  }
}
