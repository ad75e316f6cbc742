/// Bytes of a connection that were read, and not taken in yet; grows to the longest line that an answer may have.
struct InputBuffer: ~Copyable {
  private var bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 16)
  private var count = 0

  deinit { bytes.deallocate() }

  var isEmpty: Bool { count == 0 }

  /// How many bytes the next read may bring.
  var room: Int { count == bytes.count ? bytes.count : bytes.count - count }

  mutating func clear() { count = 0 }

  /// Reads into what is free.
  mutating func receive(_ receive: (UnsafeMutableRawBufferPointer) -> Connection.Moved) -> Connection.Moved {
    if count == bytes.count { grow() }
    let moved = receive(UnsafeMutableRawBufferPointer(rebasing: bytes[count...]))
    if case .bytes(let more) = moved { count += more }
    return moved
  }

  func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    body(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
  }

  /// Drops so many bytes of the beginning.
  mutating func drop(_ used: Int) {
    if used < count, used > 0, let start = bytes.baseAddress {
      start.copyMemory(from: start + used, byteCount: count - used)
    }
    count -= used
  }

  private mutating func grow() {
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 * bytes.count, alignment: 16)
    larger.copyMemory(from: UnsafeRawBufferPointer(bytes))
    bytes.deallocate()
    bytes = larger
  }
}
