import Hashing

/// A 64-bit hash of bytes that come in pieces of any size, the same however they are cut.
///
/// It says whether what a process wrote of a block before it died is on the disk still, on the machine that wrote it:
/// accidents, and nobody's intent. SHA-256 goes over a file once, where it is checked.
struct BlockHash {
  /// Bytes that are hashed at a time.
  private static let cellBytes = 4096
  private static let hash = FastHash(seed: 0x6269_6c6c_6472_6f70)

  private var state: UInt64 = 0
  /// The beginning of a cell whose rest is still to come.
  private var rest: [UInt8] = []

  /// Adds bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var bytes = bytes
    if !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.cellBytes - rest.count))
      rest += part
      bytes = UnsafeRawBufferPointer(rebasing: bytes[part.count...])
      if rest.count == Self.cellBytes { addRest() }
    }
    while bytes.count >= Self.cellBytes {
      add(Self.hash(UnsafeRawBufferPointer(rebasing: bytes[..<Self.cellBytes])))
      bytes = UnsafeRawBufferPointer(rebasing: bytes[Self.cellBytes...])
    }
    rest += bytes
  }

  /// The hash of the bytes since the last one, which are forgotten.
  mutating func finish() -> UInt64 {
    if !rest.isEmpty { addRest() }
    defer { state = 0 }
    return state
  }

  private mutating func addRest() {
    add(rest.withUnsafeBytes { Self.hash($0) })
    rest.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ cell: UInt64) {
    state = (state << 5 | state >> 59) &+ 1
    state = (state ^ cell) &* 0x9e37_79b9_7f4a_7c15
    state ^= state >> 32
  }
}
