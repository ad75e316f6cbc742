/// The order of dates of the form YYYY-MM-DD, which is that of their bytes.
enum DateOrder {
  /// The bytes of such a date.
  static let length = 10

  /// Whether the first date comes before the second.
  ///
  /// - Parameters:
  ///   - first: `length` bytes, as `second`.
  static func precedes(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Bool {
    precondition(first.count == length && second.count == length)
    let (left, right) = (word(first, 0), word(second, 0))
    return left == right ? word(first, 2) < word(second, 2) : left < right
  }

  private static func word(_ date: UnsafeBufferPointer<UInt8>, _ offset: Int) -> UInt64 {
    UInt64(bigEndian: UnsafeRawBufferPointer(date).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}
