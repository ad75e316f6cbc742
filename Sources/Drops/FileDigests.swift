package import Hashing
package import Tabular

/// Digests of whole files.
package enum FileDigests {
  static func hex(
    _ kind: ChecksumFile.Kind, of source: ByteSource, isCancelled: () -> Bool
  ) throws(DropError) -> String {
    switch kind {
    case .sha256: return try sha256(of: source, isCancelled: isCancelled).hex
    case .md5:
      let hasher = MD5Hasher()
      try source.forEachBlock(isCancelled: isCancelled) { (block) throws(DropError) in hasher.update(block) }
      return hasher.finishHex()
    }
  }

  /// The SHA-256 of a file of this machine.
  ///
  /// - Parameter isCancelled: Asked at each block; where it says yes, `InputError.cancelled` is thrown.
  package static func sha256(
    ofFile path: String, isCancelled: () -> Bool = { false }
  ) throws(DropError) -> SHA256Digest {
    let source: ByteSource
    do throws(InputError) { source = try ByteSource(path: path) } catch { throw .input(error) }
    return try sha256(of: source, isCancelled: isCancelled)
  }

  /// The SHA-256 of all that a source still has.
  package static func sha256(
    of source: ByteSource, isCancelled: () -> Bool = { false }
  ) throws(DropError) -> SHA256Digest {
    let hasher = SHA256Hasher()
    try source.forEachBlock(isCancelled: isCancelled) { (block) throws(DropError) in hasher.update(block) }
    return hasher.finish()
  }
}
