import Hashing

/// Keyed digests of values that must not be seen, by the variables of the environment that hold the keys.
package final class KeyedCodes {
  /// Least bytes of a key.
  static let leastKeyBytes = 32

  private let codes: [String: HMACSHA256]

  /// - Parameter keys: By variable.
  package init(_ keys: [String: [UInt8]]) { codes = keys.mapValues { HMACSHA256(key: $0) } }

  /// 32 hexadecimal digits; of a variable without a key, none.
  func code(of value: [UInt8], under variable: String) -> [UInt8] {
    guard let code = codes[variable] else { return [] }
    code.update(value)
    return Array(code.finish().hex.utf8.prefix(32))
  }
}
