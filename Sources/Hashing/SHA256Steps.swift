package import CScan

/// SHA-256 (FIPS 180-4) over bytes that come in pieces, of which a piece can be gone through in steps while something else
/// is done: see `cscan_digest`. Not for several threads at once.
package final class SHA256Steps {
  private let digest = UnsafeMutablePointer<cscan_digest>.allocate(capacity: 1)
  /// Bytes behind the last whole block.
  private let rest = UnsafeMutablePointer<UInt8>.allocate(capacity: blockBytes)
  private var byteCount: UInt64 = 0

  private static var blockBytes: Int { 64 }

  /// A digest of no bytes so far; `nil` where this processor has no instructions for it.
  package init?() {
    cscan_digest_begin(digest)
    if cscan_digest_is_possible() == 0 { return nil }
  }

  deinit {
    digest.deallocate()
    rest.deallocate()
  }

  /// How many bytes of `rest` are in use.
  private var restCount: Int { Int(byteCount % UInt64(Self.blockBytes)) }

  /// Adds bytes.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    var bytes = bytes
    if restCount > 0 { bytes = complete(with: bytes) }
    let whole = bytes.count / Self.blockBytes * Self.blockBytes
    if whole > 0 { pass(bytes, count: whole) }
    let left = UnsafeRawBufferPointer(rebasing: bytes[whole...])
    UnsafeMutableRawBufferPointer(start: rest + restCount, count: left.count).copyMemory(from: left)
    byteCount += UInt64(left.count)
  }

  /// Adds to the block that was begun, which goes through once it is whole; what is left of the bytes then.
  private func complete(with bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let added = min(bytes.count, Self.blockBytes - restCount)
    let part = UnsafeRawBufferPointer(rebasing: bytes[..<added])
    UnsafeMutableRawBufferPointer(start: rest + restCount, count: added).copyMemory(from: part)
    byteCount += UInt64(added)
    if restCount == 0 {
      cscan_digest_give(digest, rest, 1)
      cscan_digest_catch_up(digest)
    }
    return UnsafeRawBufferPointer(rebasing: bytes[added...])
  }

  private func pass(_ bytes: UnsafeRawBufferPointer, count: Int) {
    give(bytes, count: count)
    cscan_digest_catch_up(digest)
  }

  private func give(_ bytes: UnsafeRawBufferPointer, count: Int) {
    cscan_digest_give(digest, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count / Self.blockBytes)
    byteCount += UInt64(count)
  }

  /// Adds bytes, which stay where they are, to be gone through by whoever is given the result, and by `endSteps`; `nil`
  /// where they are no whole blocks, or don't follow whole ones: then nothing was added.
  package func beginSteps(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutablePointer<cscan_digest>? {
    guard restCount == 0, bytes.count % Self.blockBytes == 0, !bytes.isEmpty else { return nil }
    give(bytes, count: bytes.count)
    return digest
  }

  /// Goes through what is left of the bytes that steps were begun with.
  package func endSteps() { cscan_digest_catch_up(digest) }

  /// The digest of the bytes so far; more may come.
  package func digestSoFar() -> SHA256Digest {
    withUnsafeTemporaryAllocation(byteCount: SHA256Digest.byteCount, alignment: 8) { memory in
      cscan_digest_value(digest, rest, byteCount, memory.baseAddress?.assumingMemoryBound(to: UInt8.self))
      return SHA256Digest(raw: UnsafeRawBufferPointer(memory))
    }
  }
}
