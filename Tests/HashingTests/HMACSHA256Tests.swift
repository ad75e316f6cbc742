import Testing

@testable import Hashing

@Suite struct HMACSHA256Tests {
  @Test func `the examples of RFC 4231 come out, and a code can be used again`() {
    let code = HMACSHA256(key: [UInt8](repeating: 0x0b, count: 20))
    for _ in 0..<2 {
      code.update(Array("Hi There".utf8))
      #expect(code.finish().hex == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    }
    let text = HMACSHA256(key: Array("Jefe".utf8))
    text.update(Array("what do ya want ".utf8))
    text.update(Array("for nothing?".utf8))
    #expect(text.finish().hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    let long = HMACSHA256(key: [UInt8](repeating: 0xaa, count: 131))
    long.update(Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8))
    #expect(long.finish().hex == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
  }

  @Test func `an empty key is a key`() {
    #expect(
      HMACSHA256(key: []).finish().hex == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
  }
}
