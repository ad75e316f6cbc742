package import BillModel

/// A bill as the ledger knows it.
package struct KnownBill: Hashable, Sendable {
  package var reference: String
  /// `bill_…`; `nil` where the ledger doesn't know it.
  package var id: String?
  /// Minor units; `nil` of a bill that was raised before terms were kept, or by somebody else.
  package var due: Int64?
  package var currency: CurrencyCode?
  package var party: RowParty?
  package var row: RaisingRow
  /// What files noted on it beside events, minor units: what was paid before it was raised, and payments that were added.
  package var added: Int64 = 0
  /// What a file of payments set its payments to last, in all.
  package var total: Int64?
  /// What files added after that.
  package var addedSinceTotal: Int64 = 0
  /// A file voided it.
  package var isVoided = false
  /// A file may have voided it: what became of its row isn't known.
  package var isVoidOpen = false

  /// What was paid by what files say alone.
  package var noted: Int64 { total.map { $0 + addedSinceTotal } ?? added }

  package init(
    reference: String, id: String?, due: Int64?, currency: CurrencyCode?, party: RowParty?, row: RaisingRow
  ) {
    self.reference = reference
    self.id = id
    self.due = due
    self.currency = currency
    self.party = party
    self.row = row
  }
}
