import Hashing

/// Pieces of a text, each behind its length or as a number, for one digest: gathered, so that libcrypto is seldom called.
///
/// Used again after `digest`. For one thread at a time.
final class DigestedText {
  private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1024, alignment: 8)
  /// How much of it is filled; in memory of its own, so that no access to it is counted.
  private let used = UnsafeMutablePointer<Int>.allocate(capacity: 1)
  private let hasher = SHA256Hasher()

  init() { used.initialize(to: 0) }

  deinit {
    room.deallocate()
    used.deallocate()
  }

  /// Adds an integer as 8 bytes, big-endian.
  func add(_ number: UInt64) { withUnsafeBytes(of: number.bigEndian) { add(bytes: $0) } }

  /// Adds the text's count of UTF-8 bytes (8 bytes, big-endian) and the bytes.
  func add(_ text: String) {
    var text = text
    text.withUTF8 { text in
      add(UInt64(text.count))
      add(bytes: UnsafeRawBufferPointer(text))
    }
  }

  /// Adds a digest's 32 bytes behind their count.
  func add(_ digest: SHA256Digest) {
    add(UInt64(SHA256Digest.byteCount))
    withUnsafeTemporaryAllocation(byteCount: SHA256Digest.byteCount, alignment: 8) { place in
      digest.write(into: place)
      add(bytes: UnsafeRawBufferPointer(place))
    }
  }

  /// The digest of what was added since the last one.
  func digest() -> SHA256Digest {
    passOn()
    return hasher.finish()
  }

  private func add(bytes: UnsafeRawBufferPointer) {
    if bytes.count > room.count - used.pointee {
      passOn()
      if bytes.count > room.count { return hasher.update(bytes) }
    }
    UnsafeMutableRawBufferPointer(rebasing: room[used.pointee...]).copyMemory(from: bytes)
    used.pointee += bytes.count
  }

  private func passOn() {
    hasher.update(UnsafeRawBufferPointer(rebasing: room[..<used.pointee]))
    used.pointee = 0
  }
}
