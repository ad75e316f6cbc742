import DurableFiles
package import FileRuns
package import PaymentEvents

/// Finds the secrets of webhooks: they come from a file or the environment, never from an argument.
package enum WebhookSecrets {
  /// From the file where one is named, else from the environment variable `BILLDROP_WEBHOOK_SECRET`: several secrets, while
  /// they are rotated, with white space between.
  package static func find(file: String?, environment: [String: String]) throws(RunFault) -> [WebhookSecret] {
    guard let file else {
      guard let text = environment["BILLDROP_WEBHOOK_SECRET"], !text.isEmpty else {
        throw .webhookSecret(.missing)
      }
      guard let secrets = WebhookSecret.list(text) else { throw .webhookSecret(.notASecret(file: nil)) }
      return secrets
    }
    let text: String
    do throws(SmallFileFault) { text = try SmallFile(path: file, mostBytes: 1 << 16).text } catch {
      throw .webhookSecret(.unreadable(error))
    }
    guard let secrets = WebhookSecret.list(text) else {
      throw .webhookSecret(.notASecret(file: file))
    }
    return secrets
  }
}
