package import BillModel

/// A claim that was not had, since another row holds what it asks for, or it is known already.
package struct RefusedClaim: Hashable, Sendable {
  /// What was claimed, and what the ledger knows of it.
  package enum Reason: Hashable, Sendable {
    case bill(reference: String, BillState)
    case party(PartyKey, PartyState)
    /// What became of another row's change of this object is unknown.
    case change(reference: String, by: RowAddress)
    /// The object has the balance of a newer file (rule 18).
    case newerBalance(reference: String, of: FileRunID)
  }

  /// The row that claimed, by its record number. Its intent in the same batch was not written: it must not be sent.
  package var record: Int
  package var reason: Reason

  package init(record: Int, reason: Reason) {
    self.record = record
    self.reason = reason
  }
}
