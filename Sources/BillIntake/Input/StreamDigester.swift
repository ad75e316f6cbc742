import CScan
import Hashing

/// The digests of an input as its bytes pass: one of the file, and one of its beginning up to each MiB.
///
/// The digest at a MiB is that of everything up to there, so that one SHA-256 serves both, and bytes that changed
/// before it show as well as bytes that changed in it.
struct StreamDigester {
  /// Bytes between two digests.
  static let block = 1 << 20

  /// Where the processor can go through bytes in steps; else `hasher` is used.
  private let steps = SHA256Steps()
  private let hasher = SHA256Hasher()
  private(set) var byteCount: Int64 = 0
  /// Element k is the digest of the first k + 1 MiB; the last one is that of the whole input.
  private(set) var digests: [SHA256Digest] = []

  /// Adds bytes.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(roomInBlock))
      if let steps { steps.update(part) } else { hasher.update(part) }
      count(part)
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
    }
  }

  /// How many bytes are missing to the next whole MiB.
  private var roomInBlock: Int { Self.block - Int(byteCount % Int64(Self.block)) }

  private mutating func count(_ part: UnsafeRawBufferPointer) {
    byteCount += Int64(part.count)
    if byteCount % Int64(Self.block) == 0 { digests.append(digestSoFar()) }
  }

  private func digestSoFar() -> SHA256Digest { steps?.digestSoFar() ?? hasher.digestSoFar() }

  /// Adds bytes to be gone through in steps while something else is done with what this gives, until `endSteps` is told
  /// of them; `nil` where that can't be: then nothing was added.
  func beginSteps(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutablePointer<cscan_digest>? {
    bytes.count <= roomInBlock ? steps?.beginSteps(bytes) : nil
  }

  /// Goes through the rest of the bytes that steps were begun with.
  mutating func endSteps(_ bytes: UnsafeRawBufferPointer) {
    steps?.endSteps()
    count(bytes)
  }

  /// The digest of all bytes; ends the digests of blocks.
  mutating func finish() -> SHA256Digest {
    let isWhole = byteCount % Int64(Self.block) == 0 && byteCount > 0
    let digest = digestSoFar()
    if !isWhole && byteCount > 0 { digests.append(digest) }
    return digest
  }
}
