package import BillModel

/// What one commit makes durable, of one file run. Applied in the order of the properties.
package struct LedgerBatch: Sendable {
  /// Parties that answers created, found or adopted: a claim on one turns into knowledge of it.
  package var parties: [KnownParty] = []
  /// Rows whose fate is known now. A settlement gives up the row's unresolved claims; one whose bill exists as asked
  /// (created, unchanged, updated) turns the claim on the bill into knowledge. A settlement `unknown` is a mark as below.
  package var settlements: [RowSettlement] = []
  /// Additions that are in their sums now, by the record number of their rows; and rows that have set a sum as a whole.
  package var confirmations: [(record: Int, sum: SumConfirmation)] = []
  package var settings: [(record: Int, sum: SumSetting)] = []
  /// Intended rows that are given up for now, by record number. They keep intent and claims.
  package var unknowns: [Int] = []
  /// The same, of rows whose last key got a definite no: what keeps them unknown is a request of an earlier epoch.
  package var answeredUnknowns: [Int] = []
  /// Why rows of these are given up, where people can do something about it, by record number.
  package var unknownReasons: [Int: String] = [:]
  /// Intended rows that certainly had no effect. They keep their next epoch and give up their claims.
  package var withdrawals: [RowWithdrawal] = []
  /// Claims on parties that rows give up without being settled.
  package var releasedClaims: [PartyClaim] = []
  /// Attempts of rows under way; a row marked unknown is under way again.
  package var attempts: [AttemptCount] = []
  /// Parties that rows of `intents` carry, each with its row's intent. Claiming again what the same row holds is no
  /// conflict.
  package var partyClaims: [PartyClaim] = []
  /// Rows about to be sent. Each claims its bill's reference; where any claim of the row is refused, none of its claims
  /// and no intent of it is written.
  package var intents: [RowIntent] = []
  /// Parties of which a file run, this one or another, has begun a comparison that it isn't to make any more: why. One that
  /// may have sent something stays open.
  package var notCompared: [PartyKey: String] = [:]
  /// Parties whose attributes at the API are not a row's. The first of a party in a file run stays, but for its state.
  package var differences: [PartyDifference] = []
  /// Parties that this file run has compared with the API, or made; a difference of theirs that is still open is taken
  /// back. The mark is kept of those only that are known by then.
  package var compared: Set<PartyKey> = []
  /// Requests since the last batch.
  package var requests = RequestCounts()

  package init() {}

  /// Nothing to write.
  package var isEmpty: Bool { isEmptyButForRequests && requests == RequestCounts() }

  /// Nothing to write but, at most, counts of requests.
  package var isEmptyButForRequests: Bool {
    parties.isEmpty && settlements.isEmpty && unknowns.isEmpty && answeredUnknowns.isEmpty && withdrawals.isEmpty
      && releasedClaims.isEmpty && confirmations.isEmpty && settings.isEmpty
      && attempts.isEmpty
      && partyClaims.isEmpty && intents.isEmpty && differences.isEmpty && compared.isEmpty && notCompared.isEmpty
  }

  /// Empties the batch and keeps its storage, for the next one.
  package mutating func removeAll() {
    parties.removeAll(keepingCapacity: true)
    settlements.removeAll(keepingCapacity: true)
    confirmations.removeAll(keepingCapacity: true)
    settings.removeAll(keepingCapacity: true)
    unknowns.removeAll(keepingCapacity: true)
    answeredUnknowns.removeAll(keepingCapacity: true)
    unknownReasons.removeAll(keepingCapacity: true)
    withdrawals.removeAll(keepingCapacity: true)
    releasedClaims.removeAll(keepingCapacity: true)
    attempts.removeAll(keepingCapacity: true)
    partyClaims.removeAll(keepingCapacity: true)
    intents.removeAll(keepingCapacity: true)
    notCompared.removeAll(keepingCapacity: true)
    differences.removeAll(keepingCapacity: true)
    compared.removeAll(keepingCapacity: true)
    requests = RequestCounts()
  }
}
