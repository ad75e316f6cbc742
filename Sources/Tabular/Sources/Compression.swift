/// Whether an input is packed.
package enum Compression: String, Hashable, Sendable {
  /// The bytes are what they are.
  case none
  /// It is unpacked if it begins like a gzip: 1F 8B 08 and flags that exist (RFC 1952).
  case automatic
  /// It is a gzip, or else damaged.
  case gzip
}
