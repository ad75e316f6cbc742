/// Which rows of a file a submission is about.
package enum SubmitScope: Hashable, Sendable {
  /// All that are to be sent.
  case all
  /// Only those whose fate an earlier run left unknown.
  case unknown
  /// Only those, and only to look: neither the API nor the ledger is written to.
  case look
  /// All that are to be sent, and only to foresee what would become of them: nothing is written either.
  case plan
  /// Of all that are to be sent, those of these records.
  case records(Set<Int>)

  /// Whether anything is written, at the API or in the ledger.
  package var writes: Bool {
    switch self {
    case .all, .unknown, .records: true
    case .look, .plan: false
    }
  }

  /// Whether rows that were never sent belong to it.
  package var hasNewRows: Bool {
    switch self {
    case .all, .plan, .records: true
    case .unknown, .look: false
    }
  }
}
