import Testing

@testable import SandboxServer

@Suite struct IdempotencyKeyTests {
  @Test(arguments: ["a", "0", "-", "A-z-9", String(repeating: "k", count: 255)])
  func `letters, digits and hyphens are a key`(key: String) {
    #expect(IdempotencyKey.isValid(key))
  }

  @Test(arguments: ["", "a_b", "a b", "é", "a.b", String(repeating: "k", count: 256)])
  func `anything else is none`(key: String) {
    #expect(!IdempotencyKey.isValid(key))
  }
}

@Suite struct ReadingsTests {
  @Test func `readings are read from a list`() throws {
    var readings = Readings()
    try readings.apply("nested=adopt,reused-key=ignore,stored-429=yes,stored-401=yes,string-refs=yes")
    try readings.apply("void-twice=409,detail=vague,rate-headers=all,payment-rules=no,stored-429=no")
    #expect(readings.nested == .adopt)
    #expect(readings.reusedKey == .ignore)
    #expect(!readings.stores429 && readings.stores401 && readings.stringReferences && !readings.paymentRules)
    #expect(readings.voidTwice == .conflict)
    #expect(readings.detail == .vague)
    #expect(readings.rateHeaders == .all)
  }

  @Test(arguments: ["x=y", "nested", "nested=", "nested=no", "stored-429=maybe"])
  func `a reading that is not known is refused`(text: String) {
    var readings = Readings()
    #expect(throws: SandboxOptionError.unknownReading(text)) { try readings.apply(text) }
  }

  @Test func `rate headers come in the way that was asked for`() {
    var readings = Readings()
    #expect(readings.rateHeaders(status: 429, limit: 50).isEmpty)
    readings.rateHeaders = .retryAfter
    #expect(readings.rateHeaders(status: 201, limit: 50).isEmpty)
    #expect(readings.rateHeaders(status: 429, limit: 50, reset: 3).map { "\($0): \($1)" } == ["Retry-After: 3"])
    readings.rateHeaders = .retryAfterDate
    #expect(
      readings.rateHeaders(status: 429, limit: 50, reset: 3, now: 1_767_600_000_999).map { "\($0): \($1)" }
        == ["Retry-After: Mon, 05 Jan 2026 08:00:03 GMT"])
    readings.rateHeaders = .all
    #expect(
      readings.rateHeaders(status: 429, limit: 50, remaining: 2, reset: 3).map { "\($0): \($1)" } == [
        "Retry-After: 3", "RateLimit-Policy: \"default\";q=50;w=1", "RateLimit: \"default\";r=2;t=3",
        "X-RateLimit-Limit: 50", "X-RateLimit-Remaining: 2", "X-RateLimit-Reset: 3",
      ])
  }
}
