/// Which rows of a file a submission is about.
package enum SubmitScope: Hashable, Sendable {
  /// All that are to be sent.
  case all
  /// Only those whose fate an earlier run left unknown.
  case unknown
  /// Only those, and only to look: neither the API nor the ledger is written to.
  case look
}
