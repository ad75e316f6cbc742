/// What came of a transfer, up to a bound.
final class GatheredBytes {
  private(set) var bytes: [UInt8] = []
  /// More came than may.
  private(set) var isFull = false
  private let most: Int

  init(atMost most: Int) { self.most = most }

  /// Takes more; `false` where it would be more than may come.
  func add(_ more: UnsafeRawBufferPointer) -> Bool {
    isFull = isFull || more.count > most - bytes.count
    if !isFull { bytes += more }
    return !isFull
  }
}
