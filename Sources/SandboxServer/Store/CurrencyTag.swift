/// A currency's three letters in 4 bytes.
struct CurrencyTag: Hashable, Sendable {
  private let packed: UInt32

  /// Nil unless it is three ASCII letters.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 3, bytes.allSatisfy({ (65...90).contains($0) }) else { return nil }
    packed = UInt32(bytes[0]) << 16 | UInt32(bytes[1]) << 8 | UInt32(bytes[2])
  }

  /// Minor units as major ones, by the decimals of the currency: `12.50` ZAR, `1250` JPY, `1.250` BHD.
  func major(_ amount: Int64) -> String {
    let decimals = Self.withoutDecimals.contains(text) ? 0 : Self.withThree.contains(text) ? 3 : 2
    guard decimals > 0 else { return String(amount) }
    let unit = decimals == 3 ? Int64(1000) : 100
    return "\(amount / unit).\(padded(amount % unit, to: decimals))"
  }

  /// By ISO 4217; those that the stand-in is tried with.
  private static let withoutDecimals: Set<String> = ["JPY", "KRW", "UGX", "RWF", "XAF", "XOF"]
  private static let withThree: Set<String> = ["BHD", "KWD", "JOD", "OMR", "TND"]

  var text: String {
    String(decoding: [UInt8(packed >> 16 & 255), UInt8(packed >> 8 & 255), UInt8(packed & 255)], as: UTF8.self)
  }
}
