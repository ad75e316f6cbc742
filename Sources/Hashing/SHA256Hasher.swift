import CLibcrypto

/// SHA-256 (FIPS 180-4) over bytes that come in pieces, by libcrypto.
///
/// Fetching an algorithm and making a context cost more than hashing a short text: the algorithm is fetched once in a
/// process (EVP_MD_fetch), and a hasher is meant to be kept and used again after `finish()`. Not for several threads
/// at once. Traps where libcrypto fails, which it does only when memory ran out or SHA-256 was configured away.
package final class SHA256Hasher {
  nonisolated(unsafe) private static let algorithm: OpaquePointer = {
    guard let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else { fatalError("libcrypto has no SHA-256") }
    return algorithm
  }()

  private let context: OpaquePointer

  /// A hasher that has seen no bytes.
  package init() {
    guard let context = EVP_MD_CTX_new() else { fatalError("libcrypto: no memory for a digest context") }
    self.context = context
    begin(Self.algorithm)
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Adds bytes.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    guard !bytes.isEmpty else { return }
    Self.check(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count))
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

  /// The digest of the bytes since the hasher was made or last finished; the hasher then starts again.
  package func finish() -> SHA256Digest {
    let digest = withUnsafeTemporaryAllocation(byteCount: SHA256Digest.byteCount, alignment: 8) { memory in
      Self.check(EVP_DigestFinal_ex(context, memory.baseAddress?.assumingMemoryBound(to: UInt8.self), nil))
      return SHA256Digest(raw: UnsafeRawBufferPointer(memory))
    }
    begin(nil)
    return digest
  }

  /// The digest of the bytes so far; the hasher goes on.
  package func digestSoFar() -> SHA256Digest {
    let copy = SHA256Hasher()
    Self.check(EVP_MD_CTX_copy_ex(copy.context, context))
    return copy.finish()
  }

  /// The digest of these bytes alone; whatever was added before is dropped.
  package func digest(of bytes: UnsafeRawBufferPointer) -> SHA256Digest {
    begin(nil)
    update(bytes)
    return finish()
  }

  /// Starts again, with the algorithm already set where none is given.
  private func begin(_ algorithm: OpaquePointer?) { Self.check(EVP_DigestInit_ex2(context, algorithm, nil)) }

  private static func check(_ result: CInt) {
    guard result == 1 else { fatalError("libcrypto: SHA-256 failed") }
  }
}
