import CLibcrypto

/// SHA-256 (FIPS 180-4) over bytes that come in pieces, by libcrypto.
///
/// Fetching an algorithm and making a context cost more than hashing a short text: the algorithm is fetched once in a
/// process (EVP_MD_fetch), and a hasher is meant to be kept and used again after `finish()`. Short pieces are gathered, since
/// a call of libcrypto takes as long as some hundred bytes. Not for several threads at once. Traps where libcrypto fails, which it does only when memory ran out or SHA-256 was configured away.
package final class SHA256Hasher {
  nonisolated(unsafe) private static let algorithm: OpaquePointer = {
    guard let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else { fatalError("libcrypto has no SHA-256") }
    return algorithm
  }()

  private let context: OpaquePointer
  /// Pieces that libcrypto hasn't seen yet, and how many bytes they are.
  private let gathered = UnsafeMutableRawBufferPointer.allocate(byteCount: 512, alignment: 8)
  @exclusivity(unchecked) private var gatheredCount = 0
  /// Whether libcrypto has seen bytes since it began.
  @exclusivity(unchecked) private var hasBegun = false

  /// A hasher that has seen no bytes.
  package init() {
    guard let context = EVP_MD_CTX_new() else { fatalError("libcrypto: no memory for a digest context") }
    self.context = context
    begin(Self.algorithm)
  }

  deinit {
    EVP_MD_CTX_free(context)
    gathered.deallocate()
  }

  /// Adds bytes.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    if bytes.count > gathered.count - gatheredCount {
      passOn()
      if bytes.count > gathered.count { return pass(bytes) }
    }
    UnsafeMutableRawBufferPointer(rebasing: gathered[gatheredCount...]).copyMemory(from: bytes)
    gatheredCount += bytes.count
  }

  /// Adds bytes.
  package func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// Adds the UTF-8 bytes of a text.
  package func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// Adds an integer as 8 bytes, big-endian.
  package func update(_ number: UInt64) { withUnsafeBytes(of: number.bigEndian) { update($0) } }

  /// Adds the bytes' count (8 bytes, big-endian) and the bytes: pieces added so can't run into each other.
  package func updateLengthPrefixed(_ bytes: UnsafeRawBufferPointer) {
    update(UInt64(bytes.count))
    update(bytes)
  }

  /// Adds the text's count of UTF-8 bytes (8 bytes, big-endian) and the bytes.
  package func updateLengthPrefixed(_ text: String) {
    var text = text
    text.withUTF8 { updateLengthPrefixed(UnsafeRawBufferPointer($0)) }
  }

  /// Adds a digest's 32 bytes behind their count (8 bytes, big-endian).
  package func updateLengthPrefixed(_ digest: SHA256Digest) {
    withUnsafeTemporaryAllocation(byteCount: SHA256Digest.byteCount, alignment: 8) { place in
      digest.write(into: place)
      updateLengthPrefixed(UnsafeRawBufferPointer(place))
    }
  }

  /// The digest of the bytes since the hasher was made or last finished; the hasher then starts again.
  package func finish() -> SHA256Digest {
    passOn()
    let digest = withUnsafeTemporaryAllocation(byteCount: SHA256Digest.byteCount, alignment: 8) { memory in
      Self.check(EVP_DigestFinal_ex(context, memory.baseAddress?.assumingMemoryBound(to: UInt8.self), nil))
      return SHA256Digest(raw: UnsafeRawBufferPointer(memory))
    }
    begin(nil)
    return digest
  }

  /// The digest of the bytes so far; the hasher goes on.
  package func digestSoFar() -> SHA256Digest {
    passOn()
    let copy = SHA256Hasher()
    Self.check(EVP_MD_CTX_copy_ex(copy.context, context))
    return copy.finish()
  }

  /// The digest of these bytes alone; whatever was added before is dropped.
  package func digest(of bytes: UnsafeRawBufferPointer) -> SHA256Digest {
    if hasBegun { begin(nil) }
    gatheredCount = 0
    pass(bytes)
    return finish()
  }

  /// Starts again, with the algorithm already set where none is given.
  private func begin(_ algorithm: OpaquePointer?) {
    hasBegun = false
    Self.check(EVP_DigestInit_ex2(context, algorithm, nil))
  }

  /// Hands on what was gathered.
  private func passOn() {
    pass(UnsafeRawBufferPointer(rebasing: gathered[..<gatheredCount]))
    gatheredCount = 0
  }

  private func pass(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    hasBegun = true
    Self.check(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count))
  }

  private static func check(_ result: CInt) {
    guard result == 1 else { fatalError("libcrypto: SHA-256 failed") }
  }
}
