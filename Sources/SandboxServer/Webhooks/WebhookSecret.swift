import FoundationEssentials

/// The text of a webhook's secret.
package enum WebhookSecret {
  /// The bytes of `whsec_` and base64; `nil` for anything else.
  package static func bytes(_ text: String) -> [UInt8]? {
    guard text.hasPrefix("whsec_"), let data = Data(base64Encoded: String(text.dropFirst(6))), !data.isEmpty else {
      return nil
    }
    return Array(data)
  }
}
