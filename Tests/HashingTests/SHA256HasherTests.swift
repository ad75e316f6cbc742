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

  @Test func `a hasher that has finished starts again`() {
    let hasher = SHA256Hasher()
    hasher.update("abc")
    let first = hasher.finish()
    hasher.update("abc")
    #expect(hasher.finish() == first)
    hasher.update("left over")
    #expect(Array("abc".utf8).withUnsafeBytes { hasher.digest(of: $0) } == first)
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
