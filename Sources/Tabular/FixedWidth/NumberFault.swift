/// Why the bytes of a field are no number. Places count from the field's first byte, from 0.
package enum NumberFault: Error, Hashable, Sendable {
  /// There are no digits.
  case empty
  /// The byte is no digit, or one of its half bytes isn't.
  case digit(at: Int)
  /// The byte is to have the sign, and has none that exists.
  case sign(at: Int)
  /// The number doesn't fit 64 bits.
  case overflow
}
