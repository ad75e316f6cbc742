/// The header fields of a webhook, as they came.
package struct WebhookHeaders: Hashable, Sendable {
  package var id: String
  package var timestamp: String
  package var signature: String

  package init(id: String, timestamp: String, signature: String) {
    self.id = id
    self.timestamp = timestamp
    self.signature = signature
  }

  /// From a request's fields, names in any case; `nil` where one of the three is missing or stands there twice.
  package init?(_ fields: [(name: String, value: String)]) {
    var found: [String: String] = [:]
    for field in fields {
      let name = field.name.lowercased()
      guard name.hasPrefix("webhook-") else { continue }
      guard found.updateValue(field.value, forKey: name) == nil else { return nil }
    }
    guard let id = found["webhook-id"], let timestamp = found["webhook-timestamp"],
      let signature = found["webhook-signature"]
    else { return nil }
    self.init(id: id, timestamp: timestamp, signature: signature)
  }
}
