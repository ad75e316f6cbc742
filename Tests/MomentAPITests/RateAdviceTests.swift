import BillModel
import Testing

@testable import MomentAPI

@Suite struct RateAdviceTests {
  private static let now = WallTime(milliseconds: 1_800_000_000_000)

  private func advice(_ headers: [(String, String)]) -> RateAdvice {
    RateAdvice(
      header: { name in headers.first { $0.0.lowercased() == name.lowercased() }?.1 }, now: Self.now)
  }

  @Test(
    arguments: [
      ([("RateLimit-Policy", #""default";q=300;w=1"#)], 300),
      ([("RateLimit-Policy", #""a;q=1,w=1";q=600;w=60, "day";q=100000;w=86400"#)], 10),
      ([("RateLimit-Policy", #""a";q=300;w=1,"b";q=600;w=10"#)], 60),
      ([("RateLimit-Policy", "100;w=10;comment=\"x\"")], 10),
      ([("RateLimit-Limit", "100, 100;w=10")], 10),
      ([("X-RateLimit-Limit", "120;w=60")], 2),
      ([("ratelimit-policy", " \"x\" ; q=5 ; w=1 ; pk=:YQ==: ")], 5),
      ([("RateLimit-Policy", #""default";q=300;w=1;qu="requests""#)], 300),
      ([("RateLimit-Policy", #""default";q=300;w=1;qu="content-bytes""#)], nil),
      ([("RateLimit-Policy", #""hour";q=3600;w=3600"#)], nil),
      ([("RateLimit-Policy", #""default";q=0;w=1"#)], nil),
      ([("RateLimit-Policy", #""default";q=-5;w=1"#)], nil),
      ([("RateLimit-Policy", #""default";q=1.5;w=1"#)], nil),
      ([("RateLimit-Policy", #""default";q=300;w=0"#)], nil),
      ([("RateLimit-Policy", #""default";q=99999999999999999999999;w=1"#)], nil),
      ([("RateLimit-Policy", #""never closed;q=300;w=1"#)], nil),
      ([("X-RateLimit-Limit", "300")], nil),
      ([("RateLimit-Policy", "")], nil),
      ([("RateLimit-Policy", ";;;=,,=;q;w=")], nil),
    ] as [([(String, String)], Double?)])
  func `a policy of a short window is a rate`(headers: [(String, String)], rate: Double?) {
    #expect(advice(headers).rate == rate)
  }

  @Test(
    arguments: [
      ([("RateLimit", #""default";r=0;t=7"#)], 7_000),
      ([("RateLimit", #""default";r=3;t=7"#)], nil),
      ([("RateLimit", #""a";r=3;t=9, "b";r=0;t=2"#)], 2_000),
      ([("RateLimit", "limit=100, remaining=0, reset=5")], 5_000),
      ([("RateLimit", "limit=100, remaining=1, reset=5")], nil),
      ([("RateLimit", #""default";r=0"#)], nil),
      ([("RateLimit", #""default";r=0;t=0"#)], nil),
      ([("RateLimit", #""default";r=0;t=9999999999999"#)], 86_400_000),
      ([("RateLimit-Remaining", "0"), ("RateLimit-Reset", "4")], 4_000),
      ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "4")], 4_000),
      ([("X-RateLimit-Remaining", " 0 "), ("X-RateLimit-Reset", "\t4")], 4_000),
      ([("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Reset", "4")], 4_000),
      ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1800000003")], 3_000),
      ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1800000000250")], 250),
      ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1700000000")], nil),
      ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "Fri, 15 Jan 2027 08:00:30 GMT")], 30_000),
      ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "9223372036854775807")], 86_400_000),
      ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "99999999999999999999999")], nil),
      ([("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "-4")], nil),
      ([("X-RateLimit-Remaining", "-1"), ("X-RateLimit-Reset", "4")], nil),
      ([("X-RateLimit-Remaining", "none"), ("X-RateLimit-Reset", "4")], nil),
      ([("X-RateLimit-Remaining", "0")], nil),
    ] as [([(String, String)], Int64?)])
  func `nothing left is a pause until there is room`(headers: [(String, String)], pause: Int64?) {
    #expect(advice(headers).pause == pause)
  }

  @Test func `a value of absurd length says nothing, and no bytes bring it down`() {
    let long = "\"default\";q=300;w=1" + String(repeating: ",a;q=1;w=1", count: 10_000)
    #expect(advice([("RateLimit-Policy", long)]) == advice([]))
    var random = Dice(state: 7)
    for _ in 0..<2_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        Array("\"\\;=,qwrt0199 \t-:ä\u{0}".utf8).randomElement(using: &random) ?? 0
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let found = advice([("RateLimit-Policy", text), ("RateLimit", text), ("X-RateLimit-Reset", text)])
      #expect((found.rate ?? 1) > 0)
      #expect((1...86_400_000).contains(found.pause ?? 1))
    }
  }
}

/// Marsaglia's xorshift.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
