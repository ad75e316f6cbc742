import FoundationEssentials

/// A secret that webhooks are signed with. It never shows itself.
package struct WebhookSecret: Sendable, CustomStringConvertible, CustomReflectable {
  /// Fewest and most bytes of a secret. Standard Webhooks has 24 to 64; shorter ones of 16 are taken, since an endpoint
  /// doesn't choose its secret.
  package static let lengths = 16...512

  let bytes: [UInt8]

  /// From `whsec_` and base64; `nil` for anything else.
  package init?(_ text: some StringProtocol) {
    guard text.hasPrefix("whsec_"), let data = Data(base64Encoded: String(text.dropFirst(6))),
      Self.lengths.contains(data.count)
    else { return nil }
    bytes = Array(data)
  }

  /// The secrets of a text, with white space between them: a line or a word each; lines that begin with `#` are comments.
  /// `nil` where a word is no secret, or none is there.
  package static func list(_ text: String) -> [WebhookSecret]? {
    var secrets: [WebhookSecret] = []
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      for word in line.split(whereSeparator: \.isWhitespace) {
        guard let secret = WebhookSecret(word) else { return nil }
        secrets.append(secret)
      }
    }
    return secrets.isEmpty || secrets.count > WebhookVerifier.mostSecrets ? nil : secrets
  }

  package var description: String { "webhook secret" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
