package import BillModel

/// A row that the API has accepted, with the object that it is about.
package struct AcceptedRow: Hashable, Sendable {
  package var address: RowAddress
  /// Created, unchanged or updated.
  package var outcome: RowOutcome
  package var reference: String
  /// What it claimed of the reference: a bill that it raised, or an object that it changed.
  package var claim: RowClaim
  /// `bill_…`, `bacc_…` or `bcus_…`; `nil` where it isn't known.
  package var objectID: String?
  /// What it asked for; `nil` where it was accepted without a request of its own, or before terms were kept.
  package var terms: RowTerms?
}
