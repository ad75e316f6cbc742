/// How much a finding weighs: an error rejects its row (or file), a warning is only told.
package enum Severity: String, Sendable {
  case error
  case warning
}
