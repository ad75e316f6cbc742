import FoundationEssentials
import Testing

@testable import RunPipeline

struct WebhookSignatureTests {
  @Test(arguments: [
    ("https://example.com", "https://example.com", "/"),
    ("https://example.com/", "https://example.com", "/"),
    ("https://example.com:8443/hooks/bills?of=city", "https://example.com:8443", "/hooks/bills?of=city"),
    ("http://127.0.0.1?a=/b#c", "http://127.0.0.1", "/?a=/b"),
  ])
  func `an address is cut where its path begins`(url: String, origin: String, path: String) {
    #expect(Webhook.parts(of: url) == (origin, path))
  }

  /// The example of Standard Webhooks' own documentation.
  @Test func `a signature is as Standard Webhooks has it`() throws {
    let secret = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    let signature = Webhook.signature(
      Array(secret), id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: "1614265330", Array(#"{"test": 2432232314}"#.utf8))
    #expect(signature == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }
}
