/// A bill as a row asks for it.
package struct Bill: Hashable, Sendable {
  /// The merchant's reference, unique among bills.
  package var reference: String
  package var currency: CurrencyCode
  /// Minor units of `currency`.
  package var amountDue: Int64
  package var billDate: CivilDate?
  package var dueDate: CivilDate?
  package var party: BillParty
  package var metadata: Metadata

  package init(
    reference: String, currency: CurrencyCode, amountDue: Int64, billDate: CivilDate? = nil,
    dueDate: CivilDate? = nil, party: BillParty, metadata: Metadata = Metadata()
  ) {
    self.reference = reference
    self.currency = currency
    self.amountDue = amountDue
    self.billDate = billDate
    self.dueDate = dueDate
    self.party = party
    self.metadata = metadata
  }
}
