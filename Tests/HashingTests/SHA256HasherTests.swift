import Testing

@testable import Hashing

@Suite struct SHA256HasherTests {
  static let twoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (twoBlocks, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
  ])
  func `the examples of the standard come out`(text: String, hex: String) {
    #expect(SHA256Digest(hashing: text).hex == hex)
  }

  @Test func `bytes in pieces give the digest of the whole, wherever they are split`() {
    let bytes = Array(Self.twoBlocks.utf8)
    let whole = SHA256Digest(hashing: bytes)
    let hasher = SHA256Hasher()
    for split in 0...bytes.count {
      hasher.update(Array(bytes[..<split]))
      hasher.update(Array(bytes[split...]))
      #expect(hasher.finish() == whole)
    }
  }

  @Test func `pieces of any length give the digest of the whole, and of what was there so far`() {
    let bytes = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 5) }
    for first in [0, 1, 511, 512, 513, 1024, 2000] {
      for piece in [1, 7, 64, 511, 512, 513, 2999] {
        let hasher = SHA256Hasher()
        hasher.update(Array(bytes[..<first]))
        #expect(hasher.digestSoFar() == SHA256Digest(hashing: Array(bytes[..<first])))
        for start in stride(from: first, to: bytes.count, by: piece) {
          hasher.update(Array(bytes[start..<min(start + piece, bytes.count)]))
        }
        #expect(hasher.finish() == SHA256Digest(hashing: bytes), "\(first) bytes, then \(piece) at a time")
      }
    }
  }

  @Test func `a digest goes in as 32 bytes behind their count`() {
    let digest = SHA256Digest(hashing: "abc")
    let hasher = SHA256Hasher()
    hasher.updateLengthPrefixed(digest)
    let first = hasher.finish()
    hasher.update([0, 0, 0, 0, 0, 0, 0, 32])
    hasher.update(digest.bytes)
    #expect(hasher.finish() == first)
  }

  @Test func `a hasher that has finished starts again`() {
    let hasher = SHA256Hasher()
    hasher.update("abc")
    let first = hasher.finish()
    hasher.update("abc")
    #expect(hasher.finish() == first)
    for count in [1, 1000] {
      hasher.update([UInt8](repeating: 1, count: count))
      #expect(Array("abc".utf8).withUnsafeBytes { hasher.digest(of: $0) } == first)
    }
  }

  @Test func `pieces with their lengths before them don't run into each other`() {
    let hasher = SHA256Hasher()
    hasher.updateLengthPrefixed("ab")
    hasher.updateLengthPrefixed("c")
    let first = hasher.finish()
    hasher.updateLengthPrefixed("a")
    hasher.updateLengthPrefixed("bc")
    #expect(hasher.finish() != first)
  }
}
