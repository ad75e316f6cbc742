import Testing

@testable import Hashing

@Suite struct SHA256DigestTests {
  static let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test func `a digest survives its bytes, its memory and its digits`() throws {
    let digest = try #require(SHA256Digest(hex: Self.hex))
    #expect(digest.hex == Self.hex)
    #expect(SHA256Digest(hex: Self.hex.uppercased()) == digest)
    #expect(digest.bytes.count == 32 && digest.bytes[0] == 0xba && digest.bytes[31] == 0xad)
    #expect(SHA256Digest(digest.bytes) == digest)
    #expect(digest.bytes.withUnsafeBytes { SHA256Digest(raw: $0) } == digest)
    #expect(digest.short == "ba7816bf8f01")
  }

  @Test func `anything but 32 bytes or 64 digits is no digest`() {
    #expect(SHA256Digest([UInt8](repeating: 0, count: 31)) == nil)
    #expect(SHA256Digest([UInt8](repeating: 0, count: 33)) == nil)
    #expect(SHA256Digest(hex: String(Self.hex.dropLast())) == nil)
    #expect(SHA256Digest(hex: String(Self.hex.dropLast()) + "g") == nil)
  }
}
