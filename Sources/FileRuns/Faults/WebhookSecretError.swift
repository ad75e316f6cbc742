import BillModel
package import DurableFiles

/// Why there is no usable secret of webhooks. No case carries any part of one.
package enum WebhookSecretError: Error {
  case missing
  case unreadable(SmallFileFault)
  /// What is there is none; in the environment where no file is named.
  case notASecret(file: String?)

  /// What is wrong and what to do, in words.
  package var explanation: String {
    switch self {
    case .missing:
      "No secret. Put the endpoint's signing secret, whsec_…, into a file and name it with --secret-file, or set "
        + "BILLDROP_WEBHOOK_SECRET."
    case .unreadable(let fault): "The secret's file \(Masking.oneLine(fault.path)) can't be read: \(fault.reason)."
    case .notASecret(let file):
      "\(file.map { "The file \($0)" } ?? "BILLDROP_WEBHOOK_SECRET") must hold one to eight secrets with white space "
        + "between, each whsec_ and base64 of 16 bytes or more."
    }
  }
}
