package import Hashing

/// What the ledger holds before the first byte of a row's request leaves: enough to send the very same again.
package struct RowIntent: Hashable, Sendable {
  /// Record number in its file, from 1.
  package var record: Int
  package var reference: String
  /// What the reference is claimed for.
  package var claim: RowClaim
  /// Counts the keys of a row, from 1: a definite failure ends an epoch.
  package var epoch: Int
  package var form: BodyForm
  /// SHA-256 of the wire body.
  package var bodyDigest: SHA256Digest
  /// Version of the code that wrote the body.
  package var serializerVersion: Int
  /// When its first byte was first handed over, by the wall clock.
  package var firstSentAt: WallTime
  /// Attempts begun under this epoch, from 1 with the intent itself.
  package var attempts: Int
  /// A request of an earlier epoch that may have been carried out; `nil` where certainly none was, or will be.
  package var doubt: SendDoubt?
  /// The API has said a definite no to this epoch: only `doubt` keeps the row from being settled.
  package var isAnswered: Bool
  /// What the row asks for, as a number: rows with the same one ask for the same bill (rule 12). `nil`: not known.
  package var content: Int64?
  /// The reference of the bill that the row raises once this request is through; `nil` where it raises none after it.
  package var successor: String?
  /// What became of the bill that the row raised before this request; `nil` where it raised none.
  package var raised: RowOutcome?
  /// The money that the row asks for; `nil` where it is about none.
  package var terms: RowTerms?
  /// What the row adds to a sum, and what that is set to; `nil` where it adds to none, and in what the ledger gives back.
  package var sum: IntendedSum?

  package init(
    record: Int, reference: String, claim: RowClaim = .newBill, epoch: Int, form: BodyForm, bodyDigest: SHA256Digest,
    serializerVersion: Int, firstSentAt: WallTime, attempts: Int, doubt: SendDoubt? = nil, isAnswered: Bool = false,
    content: Int64? = nil, successor: String? = nil, raised: RowOutcome? = nil, terms: RowTerms? = nil,
    sum: IntendedSum? = nil
  ) {
    self.record = record
    self.reference = reference
    self.claim = claim
    self.epoch = epoch
    self.form = form
    self.bodyDigest = bodyDigest
    self.serializerVersion = serializerVersion
    self.firstSentAt = firstSentAt
    self.attempts = attempts
    self.doubt = doubt
    self.isAnswered = isAnswered
    self.content = content
    self.successor = successor
    self.raised = raised
    self.terms = terms
    self.sum = sum
  }
}
