import Hashing

/// The digests of an input as its bytes pass: one of the file, and one of its beginning up to each MiB.
///
/// The digest at a MiB is that of everything up to there, so that one SHA-256 serves both, and bytes that changed
/// before it show as well as bytes that changed in it.
struct StreamDigester {
  /// Bytes between two digests.
  static let block = 1 << 20

  private let hasher = SHA256Hasher()
  private(set) var byteCount: Int64 = 0
  /// Element k is the digest of the first k + 1 MiB; the last one is that of the whole input.
  private(set) var digests: [SHA256Digest] = []

  /// Adds bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while !rest.isEmpty {
      let room = Self.block - Int(byteCount % Int64(Self.block))
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(room))
      hasher.update(part)
      byteCount += Int64(part.count)
      if part.count == room { digests.append(hasher.digestSoFar()) }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
    }
  }

  /// The digest of all bytes; ends the digests of blocks.
  mutating func finish() -> SHA256Digest {
    let isWhole = byteCount % Int64(Self.block) == 0 && byteCount > 0
    let digest = hasher.finish()
    if !isWhole && byteCount > 0 { digests.append(digest) }
    return digest
  }
}
