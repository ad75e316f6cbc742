import BillModel
package import DurableFiles

/// Why there is no usable key. No case carries any part of a key.
package enum SecretKeyError: Error {
  /// - Parameter isConfigured: A configuration is gone by, where it is to be named.
  case missing(isConfigured: Bool = false)
  /// Nothing is in the file that was named.
  case empty(path: String)
  case publicKey
  case notAKey
  case unreadable(SmallFileFault)
  /// - Parameter isConfigured: A configuration is gone by, where it is to be allowed.
  case liveNotAllowed(isConfigured: Bool)

  /// What is wrong and what to do, in words.
  package var explanation: String {
    switch self {
    case .missing(isConfigured: true):
      "No key. Set MOMENT_API_KEY to a secret key (sk_test_… or sk_…), or name a file with \"key_file\", or a credential "
        + "of systemd with \"key_credential\", under \"api\" in the configuration."
    case .missing: "No key. Set MOMENT_API_KEY to a secret key (sk_test_… or sk_…), or name a file with --key-file."
    case .empty(let path):
      "The key file \(Masking.oneLine(path)) is empty: it must hold a secret key, sk_test_… or sk_…, and nothing else."
    case .publicKey: "This is a public key (pk_…). Submitting needs a secret one: sk_test_… or sk_…"
    case .notAKey: "This is no secret key of Moment: those begin with sk_test_ or sk_ and are one word."
    case .unreadable(let fault): "The key file \(Masking.oneLine(fault.path)) can't be read: \(fault.reason)."
    case .liveNotAllowed(isConfigured: true):
      "This is a live key: its bills reach payers. Say \"live\": true under \"api\" in the configuration if you mean it, "
        + "or use a test key."
    case .liveNotAllowed: "This is a live key: its bills reach payers. Say --live if you mean it, or use a test key."
    }
  }
}
