/// What is known of a row once it is settled.
package struct RowSettlement: Hashable, Sendable {
  /// What the outcome rests on.
  package enum Confirmation: String, Sendable {
    /// The API's answer to our request.
    case answer
    /// A GET that found the object.
    case lookup
    /// What the ledger knows: nothing was asked.
    case ledger
  }

  /// Record number in its file, from 1.
  package var record: Int
  package var reference: String
  /// What the reference is claimed for.
  package var claim: RowClaim
  package var outcome: RowOutcome
  /// Why, where the outcome needs a reason.
  package var code: FindingCode?
  /// The field that the reason is about, as an API path.
  package var field: String?
  package var message: String?
  /// The object's id at the API: `bill_…`, `bacc_…` or `bcus_…`.
  package var billID: String?
  /// The epoch in which it was settled, from 1.
  package var epoch: Int
  /// Requests sent for this row, GETs not counted.
  package var attempts: Int
  package var confirmedBy: Confirmation
  /// The reference of the bill that was to follow, whose claim is given up; `nil` where there is none.
  package var successor: String?
  /// The bill that the row changed before it raised this one, where no intent of this one has closed that.
  package var changed: String?
  /// What the row gives a customer or account beside a balance, as a number; `nil` where it gives nothing.
  package var attributes: Int64?
  /// Takes back that the row was accepted: what it added isn't in its sum any more.
  package var retracts = false

  package init(
    record: Int, reference: String, claim: RowClaim = .newBill, outcome: RowOutcome, code: FindingCode? = nil,
    field: String? = nil,
    message: String? = nil, billID: String? = nil, epoch: Int, attempts: Int, confirmedBy: Confirmation
  ) {
    self.record = record
    self.reference = reference
    self.claim = claim
    self.outcome = outcome
    self.code = code
    self.field = field
    self.message = message
    self.billID = billID
    self.epoch = epoch
    self.attempts = attempts
    self.confirmedBy = confirmedBy
  }
}
