import Hashing

/// What a text was when it was read for the first time: the file's bytes, unpacked and decoded where they had to be.
struct TextStamp: Sendable {
  let digest: SHA256Digest
  let byteCount: Int64
  /// Element k is the digest of the first k + 1 MiB; the last one is that of the whole text.
  let blockDigests: [SHA256Digest]

  /// Ends the digests.
  init(_ digester: inout StreamDigester) {
    byteCount = digester.byteCount
    digest = digester.finish()
    blockDigests = digester.digests
  }
}
