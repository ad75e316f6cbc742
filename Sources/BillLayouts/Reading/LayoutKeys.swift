import Hashing

/// The secret keys of a layout's steps `hmac`, by the variables of the environment that hold them. Never shown.
package struct LayoutKeys: Hashable, Sendable, CustomStringConvertible {
  /// Least bytes of a key.
  package static let leastBytes = 32

  /// Keys by variable.
  package let values: [String: [UInt8]]

  package init(_ values: [String: [UInt8]] = [:]) { self.values = values }

  package var description: String { "keys of \(values.keys.sorted().joined(separator: ", "))" }

  /// What tells keys apart without saying anything of them: a changed key changes every reference.
  var fingerprint: String {
    values.sorted { $0.key < $1.key }.map { name, key in
      let code = HMACSHA256(key: key)
      code.update(Array("billdrop layout key".utf8))
      return "\(name)=\(code.finish().hex)"
    }.joined(separator: ",")
  }
}
