/// What a row claims in the ledger with its next intent.
package struct RowStake: Hashable, Sendable {
  package var reference: String
  package var claim: RowClaim
  /// The reference of the bill that the row raises once this request is through: claimed with it.
  package var successor: String?
  /// What became of the bill that the row raised before this request.
  package var raised: RowOutcome?

  package init(reference: String, claim: RowClaim, successor: String? = nil, raised: RowOutcome? = nil) {
    self.reference = reference
    self.claim = claim
    self.successor = successor
    self.raised = raised
  }
}
