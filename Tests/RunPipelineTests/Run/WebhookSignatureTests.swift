import FoundationEssentials
import Testing

@testable import RunPipeline

struct WebhookSignatureTests {
  /// The example of Standard Webhooks' own documentation.
  @Test func `a signature is as Standard Webhooks has it`() throws {
    let secret = try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    let signature = Webhook.signature(
      Array(secret), id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: "1614265330", Array(#"{"test": 2432232314}"#.utf8))
    #expect(signature == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }
}
