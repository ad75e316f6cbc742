import Testing

@testable import Hashing

@Suite struct UUIDv8Tests {
  @Test func `version and variant are set and the rest are the digest's first bits`() {
    #expect(UUIDv8(SHA256Digest(hashing: "abc")).description == "ba7816bf-8f01-8fea-8141-40de5dae2223")
  }

  @Test func `a thousand digests give a thousand well-formed texts`() {
    var seen: Set<String> = []
    for number in 0..<1000 {
      let text = UUIDv8(SHA256Digest(hashing: String(number))).description
      let letters = Array(text)
      #expect(letters.count == 36 && letters[14] == "8" && "89ab".contains(letters[19]))
      #expect([8, 13, 18, 23].allSatisfy { letters[$0] == "-" })
      seen.insert(text)
    }
    #expect(seen.count == 1000)
  }
}
