/// Bytes that stay at one address while C holds it; grows to the largest content it ever had.
struct StableBuffer: ~Copyable {
  private(set) var address = UnsafeMutableRawPointer.allocate(byteCount: 1024, alignment: 16)
  private var capacity = 1024

  deinit { address.deallocate() }

  /// Replaces the content; the address may change.
  mutating func fill(with bytes: [UInt8]) {
    if bytes.count > capacity {
      address.deallocate()
      capacity = bytes.count
      address = .allocate(byteCount: capacity, alignment: 16)
    }
    bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: address, count: capacity).copyMemory(from: $0) }
  }
}
