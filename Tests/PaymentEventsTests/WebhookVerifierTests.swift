import BillModel
import Foundation
import Testing

@testable import PaymentEvents

/// The scheme of Standard Webhooks, by vectors that were computed elsewhere (Python's hmac).
@Suite struct WebhookVerifierTests {
  private static let text = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  private static let other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
  private static let body = Array(#"{"test": 2432232314}"#.utf8)
  private static let signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
  private static let seconds: Int64 = 1_614_265_330
  private static let now = WallTime(milliseconds: seconds * 1000)

  private func headers(
    id: String = "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: String = "1614265330", _ signature: String = signature
  ) -> WebhookHeaders {
    WebhookHeaders(id: id, timestamp: timestamp, signature: signature)
  }

  private func verify(
    _ headers: WebhookHeaders, body: [UInt8] = body, secrets: [String] = [text], now: WallTime = now
  ) -> WebhookRefusal? {
    let verifier = WebhookVerifier(secrets.compactMap { WebhookSecret($0) })
    do throws(WebhookRefusal) {
      try verifier.verify(headers, body: body, now: now)
      return nil
    } catch {
      return error
    }
  }

  @Test func `the vector of Standard Webhooks' own libraries is taken`() {
    #expect(verify(headers()) == nil)
  }

  @Test func `a wrong secret, another body, another id and another timestamp are refused`() {
    #expect(verify(headers(), secrets: [Self.other]) == .signature)
    #expect(verify(headers(), body: Array(#"{"test": 2432232315}"#.utf8)) == .signature)
    #expect(verify(headers(), body: Self.body + [0x0A]) == .signature)
    #expect(verify(headers(id: "msg_p5jXN8AQM9LWM0D4loKWxJel")) == .signature)
    #expect(verify(headers(timestamp: "1614265331")) == .signature)
    #expect(verify(headers(timestamp: "01614265330")) == .signature)
  }

  @Test func `each bit of a signature counts`() throws {
    let code = try #require(Data(base64Encoded: String(Self.signature.dropFirst(3))))
    for bit in 0..<code.count * 8 {
      var changed = code
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(verify(headers("v1,\(changed.base64EncodedString())")) == .signature)
    }
  }

  @Test func `a replay is taken for three minutes, and no longer`() {
    func at(_ seconds: Int64) -> WebhookRefusal? {
      verify(headers(), now: Self.now.advanced(byMilliseconds: seconds * 1000))
    }
    #expect(at(180) == nil)
    #expect(verify(headers(), now: Self.now.advanced(byMilliseconds: 180_001)) == .old)
    #expect(at(-180) == nil)
    #expect(verify(headers(), now: Self.now.advanced(byMilliseconds: -180_001)) == .future)
    #expect(at(86_400) == .old)
  }

  @Test func `an old one with a wrong signature is told for its signature`() {
    #expect(
      verify(headers(), secrets: [Self.other], now: Self.now.advanced(byMilliseconds: 999_000)) == .signature)
  }

  @Test func `any of several signatures fits, in any order, and other versions are passed over`() {
    let wrong = "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    for list in [
      "\(wrong) \(Self.signature)", "\(Self.signature) \(wrong)", "v1a,xyz \(wrong) \(Self.signature)",
      "v2,\(Self.signature.dropFirst(3)) \(Self.signature)", "  \(Self.signature)  ",
      "v1, v1,abc v1,==== \(Self.signature)", "\(Self.signature) v1,AAAA",
    ] {
      #expect(verify(headers(list)) == nil, "\(list)")
    }
    #expect(verify(headers("\(wrong) \(wrong)")) == .signature)
    #expect(verify(headers("v2,\(Self.signature.dropFirst(3))")) == .malformed)
  }

  @Test func `any of several secrets fits, while one replaces the other`() {
    #expect(verify(headers(), secrets: [Self.other, Self.text]) == nil)
    #expect(verify(headers(), secrets: [Self.text, Self.other]) == nil)
  }

  @Test(
    arguments: [
      "", " ", "v1", "v1,", "v1,abc", "v1,====", "g0hM9SsE", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=AA", "V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      "v1,\u{0}", "v1,ÿ", String(repeating: "v1,", count: 2000),
      Array(repeating: signature, count: 17).joined(separator: " "),
    ])
  func `a hostile list of signatures is malformed`(list: String) {
    #expect(verify(headers(list)) == .malformed)
  }

  @Test(arguments: [
    "", "-1", "+1614265330", "1614265330.0", "1e9", " 1614265330", "16142653300000", "١٦١٤٢٦٥٣٣٠", "0x60",
  ])
  func `a hostile timestamp is malformed`(timestamp: String) {
    #expect(verify(headers(timestamp: timestamp)) == .malformed)
  }

  @Test(arguments: ["", "a b", "a.b", "msg_\u{7F}", "msg_é", "a\nb", String(repeating: "x", count: 256)])
  func `a hostile id is malformed`(id: String) {
    #expect(verify(headers(id: id)) == .malformed)
  }

  @Test func `what is signed can't be cut elsewhere into id, timestamp and body`() {
    // The same bytes under the code: "msg_x.1614265330.{}" could be id "msg_x.1614265330" with the body "…".
    #expect(verify(headers(id: "msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330", timestamp: "1")) == .malformed)
  }

  @Test func `a body that is too long is malformed before it is looked at`() {
    #expect(verify(headers(), body: [UInt8](repeating: 0x20, count: WebhookVerifier.longestBody + 1)) == .malformed)
  }

  @Test func `header fields are found in any case, and none may stand there twice`() {
    let fields = [
      (name: "Webhook-ID", value: "a"), ("WEBHOOK-TIMESTAMP", "1"), ("webhook-signature", "v1,x"), ("Host", "h"),
    ]
    #expect(WebhookHeaders(fields) == WebhookHeaders(id: "a", timestamp: "1", signature: "v1,x"))
    #expect(WebhookHeaders(fields + [("webhook-id", "b")]) == nil)
    for missing in 0..<3 {
      var some = fields
      some.remove(at: missing)
      #expect(WebhookHeaders(some) == nil)
    }
  }

  @Test func `a secret never shows itself`() throws {
    let secret = try #require(WebhookSecret(Self.text))
    var dumped = ""
    dump(secret, to: &dumped)
    for shown in ["\(secret)", String(reflecting: secret), dumped, "\([secret])"] {
      #expect(!shown.contains("MfKQ") && !shown.contains("49"), "\(shown)")
    }
  }

  @Test func `secrets are read a word each, and one that is none spoils the list`() {
    #expect(WebhookSecret.list("\(Self.text)\n\(Self.other)\n")?.count == 2)
    #expect(WebhookSecret.list("# old\n\(Self.text) \(Self.other)\r\n")?.count == 2)
    #expect(WebhookSecret.list("") == nil)
    #expect(WebhookSecret.list("\(Self.text) hunter2") == nil)
    #expect(WebhookSecret.list("whsec_") == nil)
    #expect(WebhookSecret.list("whsec_c2hvcnQ=") == nil)
    #expect(WebhookSecret.list(Array(repeating: Self.text, count: 9).joined(separator: "\n")) == nil)
  }
}
