/// Which world a ledger, a key and an idempotency key belong to.
package struct EnvironmentStamp: Hashable, Sendable {
  package enum Mode: String, Sendable {
    case test, live
  }

  /// The endpoint's origin: scheme, host and port, lower case, without a path.
  package var origin: String
  package var mode: Mode
  /// The merchant's name in the configuration; `default` without one.
  package var merchant: String

  package init(origin: String, mode: Mode, merchant: String = "default") {
    self.origin = origin
    self.mode = mode
    self.merchant = merchant
  }
}
