import CScan
import Testing

@testable import Hashing

@Suite struct SHA256StepsTests {
  private static func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 5) }
  }

  @Test(arguments: [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 127, 128, 129, 1000, 4096, 70_000])
  func `in pieces of any size it is the digest that libcrypto gives`(count: Int) throws {
    guard SHA256Steps() != nil else { return }
    let bytes = Self.bytes(count)
    let expected = bytes.withUnsafeBytes { SHA256Hasher().digest(of: $0) }
    for size in [1, 7, 63, 64, 65, 1000, 1 << 20] where count / size < 5000 {
      let steps = try #require(SHA256Steps())
      for start in stride(from: 0, to: count, by: size) {
        bytes[start..<min(count, start + size)].withUnsafeBytes { steps.update($0) }
        _ = steps.digestSoFar()
      }
      #expect(steps.digestSoFar() == expected, "pieces of \(size)")
    }
  }

  @Test(arguments: [0, 1, 2, 63, 64, 100])
  func `however many steps are made of it meanwhile, it is the same`(count: Int) throws {
    guard SHA256Steps() != nil else { return }
    let bytes = Self.bytes(4096)
    let hasher = SHA256Hasher()
    let steps = try #require(SHA256Steps())
    for _ in 0..<3 {
      bytes.withUnsafeBytes { bytes in
        hasher.update(bytes)
        let digest = steps.beginSteps(bytes)
        #expect(digest != nil)
        if let digest { for _ in 0..<count { cscan_digest_block(digest) } }
        steps.endSteps()
      }
      #expect(steps.digestSoFar() == hasher.digestSoFar())
    }
  }

  @Test func `no steps are begun in the middle of a block`() throws {
    guard let steps = SHA256Steps() else { return }
    Self.bytes(65).withUnsafeBytes { bytes in
      #expect(steps.beginSteps(bytes) == nil)
      steps.update(bytes)
      #expect(steps.beginSteps(UnsafeRawBufferPointer(rebasing: bytes[..<64])) == nil)
    }
    #expect(steps.digestSoFar() == Self.bytes(65).withUnsafeBytes { SHA256Hasher().digest(of: $0) })
  }
}
