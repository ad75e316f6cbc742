import FoundationEssentials
import Hashing

/// Signs deliveries by the scheme of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, in base64. For one thread.
struct WebhookSigner {
  private let code: HMACSHA256

  init(secret: [UInt8]) { code = HMACSHA256(key: secret) }

  /// What stands in `webhook-signature`.
  func signature(id: String, seconds: Int64, body: [UInt8]) -> String {
    code.update(Array("\(id).\(seconds).".utf8))
    code.update(body)
    return "v1," + Data(code.finish().bytes).base64EncodedString()
  }
}
