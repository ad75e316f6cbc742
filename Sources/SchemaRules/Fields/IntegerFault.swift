/// Why a text is no integer. Taken are `0`, and digits without a leading zero, with `-` before them where negative.
package enum IntegerFault: Hashable, Sendable, CaseIterable {
  /// No digits at all, or letters and signs between them.
  case notANumber
  /// A plus sign before the digits.
  case plusSign
  /// Zeros before the first digit, or `-0`.
  case leadingZeros
  /// A decimal point or comma with digits after it, or an exponent.
  case fraction
  /// Group marks between the digits: `1,000`, `1 000`, `1'000`.
  case grouped
  /// White space around the digits.
  case spaces
  /// Doesn't fit in 64 bits, where the schema sets no limit.
  case overflow
}
